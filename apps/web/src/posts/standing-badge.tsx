import { Tooltip } from '@mantine/core';
import { IconLoader, IconTrash } from '@tabler/icons-react';
import { type PublicationSummary } from '../api/queries.js';
import { LookBadge } from '../ui/look-badge.js';
import { type StateLook } from '../ui/publication-state.js';
import { StateBadge } from '../ui/state-badge.js';
import { isLate } from './publication-story.js';

/** The network has it and works on it. */
const PROCESSING_LOOK: Omit<StateLook, 'meaning'> = { word: 'In work at the network', color: 'cyan', icon: IconLoader };

const REMOVED_LOOK: StateLook = {
  word: 'Removed',
  meaning: 'It was published, and somebody removed it from the network.',
  color: 'gray',
  icon: IconTrash,
};

/** Where a publication stands: its state, or what says more of it. @param now in milliseconds since 1970 */
export function StandingBadge({ publication, now }: { publication: PublicationSummary; now: number }) {
  const { state, removedAt, waitingFor } = publication;
  const special =
    removedAt !== undefined
      ? { look: REMOVED_LOOK, name: 'removed' }
      : waitingFor !== undefined
        ? { look: { ...PROCESSING_LOOK, meaning: waitingFor }, name: 'in-work' }
        : undefined;
  if (!special) return <StateBadge state={state} late={isLate(publication, now)} />;
  return (
    <Tooltip label={special.look.meaning} multiline maw={280}>
      <LookBadge look={special.look} state={special.name} />
    </Tooltip>
  );
}
