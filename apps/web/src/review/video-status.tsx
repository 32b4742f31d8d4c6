import { Progress, Text } from '@mantine/core';
import { percentInWords } from '../media/words.js';
import { type ReviewChannel } from './queries.js';
import classes from './review.module.css';
import { madeVideosOf, type SentVideo, videoWords } from './sent-videos.js';

/** How far the videos are that are made for a channel. That one can be played now is told aloud; others see it. */
export function VideoStatus({ channel }: { channel: ReviewChannel }) {
  const { platform, due, published } = channel;
  const hasTime = due !== null || published !== null;
  return madeVideosOf(channel).map((video) => (
    <Standing key={video.name} video={video} words={videoWords(video, platform.name, hasTime)} />
  ));
}

/** Percentages are not told aloud: they stand beside. */
function Standing({ video: { name, rendition }, words }: { video: SentVideo; words: string | undefined }) {
  if (words === undefined) return null;
  const isReady = rendition?.state === 'ready';
  const progress = rendition?.state === 'running' ? (rendition.progress ?? 0) : undefined;
  return (
    <div className={isReady ? 'visually-hidden' : classes['video']} data-rendition={rendition?.state}>
      <Text size="xs" c="dimmed" role="status">
        {words}
      </Text>
      {progress !== undefined && (
        <div className={classes['progress']}>
          <Progress value={progress * 100} aria-label={`${name}: how much of it is made`} />
          <Text size="xs" c="dimmed" className="tabular" aria-hidden>
            {percentInWords(progress)}
          </Text>
        </div>
      )}
    </div>
  );
}
