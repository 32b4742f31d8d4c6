import { Badge } from '@mantine/core';
import badge from '../ui/state-badge.module.css';
import { type ChannelHealth, HEALTH_LOOKS } from './channel-health.js';

/** A channel's health in a word, a colour and a sign. */
export function HealthBadge({ health }: { health: ChannelHealth }) {
  const look = HEALTH_LOOKS[health];
  return (
    <Badge
      className={badge['badge']}
      color={look.color}
      leftSection={<look.icon size={13} stroke={2} aria-hidden />}
      variant="light"
      tt="none"
      fw={600}
      radius="sm"
    >
      {look.word}
    </Badge>
  );
}
