import { Tooltip } from '@mantine/core';
import { type PublicationSummary } from '../api/queries.js';
import { LookBadge } from '../ui/look-badge.js';
import {
  IN_WORK_LOOK,
  MEDIA_FAILED_LOOK,
  MEDIA_PROCESSING_LOOK,
  REMOVED_LOOK,
  type StateLook,
} from '../ui/publication-state.js';
import { StateBadge } from '../ui/state-badge.js';
import { isLate } from './publication-story.js';

interface StandingBadgeProps {
  publication: Pick<PublicationSummary, 'state' | 'dueAt' | 'removedAt' | 'waitingFor' | 'heldReason'>;
  /** In milliseconds since 1970. */
  now: number;
}

/** Where a publication stands: its state, or what says more of it. */
export function StandingBadge({ publication, now }: StandingBadgeProps) {
  const special = specialLook(publication);
  if (!special) return <StateBadge state={publication.state} late={isLate(publication, now)} />;
  return (
    <Tooltip label={special.look.meaning} multiline maw={280}>
      <LookBadge look={special.look} state={special.name} />
    </Tooltip>
  );
}

/** What says more than the state alone. */
function specialLook({
  state,
  removedAt,
  waitingFor,
  heldReason,
}: StandingBadgeProps['publication']): { look: StateLook; name: string } | undefined {
  if (removedAt !== undefined) return { look: REMOVED_LOOK, name: 'removed' };
  if (waitingFor !== undefined) return { look: { ...IN_WORK_LOOK, meaning: waitingFor }, name: 'in-work' };
  if (state !== 'held') return undefined;
  if (heldReason === 'media-processing') return { look: MEDIA_PROCESSING_LOOK, name: 'held' };
  if (heldReason === 'media-failed') return { look: MEDIA_FAILED_LOOK, name: 'held' };
  return undefined;
}
