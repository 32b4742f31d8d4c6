import { Badge, Tooltip } from '@mantine/core';
import { type PublicationState } from '../api/queries.js';
import { LATE_LOOK, STATE_LOOKS } from './publication-state.js';
import classes from './state-badge.module.css';

/** A publication's state in a word, a colour and a sign. */
export function StateBadge({ state, late = false }: { state: PublicationState; late?: boolean }) {
  const look = late ? LATE_LOOK : STATE_LOOKS[state];
  return (
    <Tooltip label={look.meaning} multiline maw={280}>
      <Badge
        className={classes['badge']}
        color={look.color}
        data-state={late ? 'late' : state}
        leftSection={<look.icon size={13} stroke={2} aria-hidden />}
        variant="light"
        tt="none"
        fw={600}
        radius="sm"
      >
        {look.word}
      </Badge>
    </Tooltip>
  );
}
