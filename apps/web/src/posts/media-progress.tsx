import { useQuery } from '@tanstack/react-query';
import { type Publication } from '../api/queries.js';
import { groupChanges } from '../media/changes.js';
import { RenditionStatus } from '../media/rendition-status.js';
import { postMediaQuery } from '../media/renditions.js';

/** Of a publication that is held for its media: how far the making of them is, or why it failed, and what can be done. */
export function MediaProgress({ publication, channelName }: { publication: Publication; channelName: string }) {
  const { postId, channelId, state, heldReason } = publication;
  const isConcerned = state === 'held' && (heldReason === 'media-processing' || heldReason === 'media-failed');
  const { data = [] } = useQuery({ ...postMediaQuery(postId), enabled: isConcerned });
  if (!isConcerned) return null;
  const own = groupChanges(data.filter((plan) => plan.channelId === channelId));
  return own.map(
    ({ plan }) =>
      plan.rendition &&
      plan.rendition.state !== 'ready' && (
        <RenditionStatus
          key={plan.rendition.id}
          rendition={plan.rendition}
          output={plan.output}
          name={`the ${plan.output} for ${channelName}`}
          withFile={false}
        />
      ),
  );
}
