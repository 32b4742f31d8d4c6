import { Text } from '@mantine/core';
import { type RenditionProgress, useRendition } from '../media/renditions.js';
import { percentInWords } from '../media/words.js';
import classes from './post-previews.module.css';

/** How far a video is that cannot be played in its preview yet; nothing for one that can. */
export function VideoNote({ rendition: known }: { rendition: RenditionProgress }) {
  const rendition = useRendition(known);
  if (rendition.state === 'ready') return null;
  return (
    <Text size="xs" c="dimmed" role="status" className={classes['note'] ?? ''} data-rendition={rendition.state}>
      {noteOf(rendition)}
      {/* How many percent is seen, and not told aloud each time. */}
      {rendition.state === 'running' && (
        <span aria-hidden className="tabular">
          {' '}
          {percentInWords(rendition.progress ?? 0)} of it is made.
        </span>
      )}
    </Text>
  );
}

function noteOf({ state, failure }: RenditionProgress): string {
  switch (state) {
    case 'waiting':
      return 'The video waits to be made. You can play it here when it is ready.';
    case 'running':
      return 'The video is being made. You can play it here when it is ready.';
    case 'ready':
      return 'The video is ready to be played.';
    case 'failed':
      return `${failure?.message ?? 'The video could not be made.'} Open the post to see what can be done.`;
    case 'cancelled':
      return 'The making of the video was stopped. Open the post to see what can be done.';
  }
}
