import { Tooltip } from '@mantine/core';
import { type PublicationSummary } from '../api/queries.js';
import { LookBadge } from '../ui/look-badge.js';
import { IN_WORK_LOOK, REMOVED_LOOK } from '../ui/publication-state.js';
import { StateBadge } from '../ui/state-badge.js';
import { isLate } from './publication-story.js';

interface StandingBadgeProps {
  publication: Pick<PublicationSummary, 'state' | 'dueAt' | 'removedAt' | 'waitingFor'>;
  /** In milliseconds since 1970. */
  now: number;
}

/** Where a publication stands: its state, or what says more of it. */
export function StandingBadge({ publication, now }: StandingBadgeProps) {
  const { state, removedAt, waitingFor } = publication;
  const special =
    removedAt !== undefined
      ? { look: REMOVED_LOOK, name: 'removed' }
      : waitingFor !== undefined
        ? { look: { ...IN_WORK_LOOK, meaning: waitingFor }, name: 'in-work' }
        : undefined;
  if (!special) return <StateBadge state={state} late={isLate(publication, now)} />;
  return (
    <Tooltip label={special.look.meaning} multiline maw={280}>
      <LookBadge look={special.look} state={special.name} />
    </Tooltip>
  );
}
