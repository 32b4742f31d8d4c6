import { Tooltip } from '@mantine/core';
import { type PublicationState } from '../api/queries.js';
import { LookBadge } from './look-badge.js';
import { LATE_LOOK, STATE_LOOKS } from './publication-state.js';

/** A publication's state in a word, a colour and a sign. */
export function StateBadge({ state, late = false }: { state: PublicationState; late?: boolean }) {
  const look = late ? LATE_LOOK : STATE_LOOKS[state];
  return (
    <Tooltip label={look.meaning} multiline maw={280}>
      <LookBadge look={look} state={late ? 'late' : state} />
    </Tooltip>
  );
}
