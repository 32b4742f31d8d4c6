import { LookBadge } from '../ui/look-badge.js';
import { type ChannelHealth, HEALTH_LOOKS } from './channel-health.js';

/** A channel's health in a word, a colour and a sign. */
export function HealthBadge({ health }: { health: ChannelHealth }) {
  return <LookBadge look={HEALTH_LOOKS[health]} />;
}
