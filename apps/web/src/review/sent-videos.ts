import { type PreviewPlan } from '../composer/previews/preview-source.js';
import { type Review, type ReviewChannel } from './queries.js';

type Post = Pick<Review['post'], 'channels'>;
type ReviewFile = ReviewChannel['segments'][number]['media'][number];
type Sent = NonNullable<ReviewFile['sent']>;

/** How far a video is that has to be made for its network. */
export interface SentVideo {
  /** `The video`, or its number where the channel gets several. */
  name: string;
  /** Null = nobody makes it yet. */
  rendition: Sent['rendition'];
}

/** What the channels get of the files, as previews draw it. Pure. */
export function plansOf({ channels }: Post): PreviewPlan[] {
  return channels.flatMap(({ id: channelId, segments }) =>
    segments.flatMap(({ media }, segment) =>
      media.flatMap(({ id: mediaId, sent, cover }) =>
        sent ? [{ channelId, segment, mediaId, ...sent, ...(cover && { cover: coverPlan(cover) }) }] : [],
      ),
    ),
  );
}

/** What the network chooses itself a client is not told of. */
function coverPlan({ imageId }: NonNullable<ReviewFile['cover']>): NonNullable<PreviewPlan['cover']> {
  return { action: imageId === undefined ? 'moment' : 'keep' };
}

/** The videos of a channel that do not go out as they were uploaded, in order. Pure. */
export function madeVideosOf({ segments }: Pick<ReviewChannel, 'segments'>): SentVideo[] {
  const videos = segments.flatMap(({ media }) => media.flatMap(({ sent }) => (sent?.output === 'video' ? [sent] : [])));
  return videos.flatMap(({ action, rendition }, index) =>
    action === 'keep' ? [] : [{ name: videos.length > 1 ? `Video ${index + 1}` : 'The video', rendition }],
  );
}

/** Whether a video is being made, or waits for it. Pure. */
export function isMaking({ channels }: Post): boolean {
  return channels
    .flatMap(madeVideosOf)
    .some(({ rendition }) => rendition?.state === 'waiting' || rendition?.state === 'running');
}

/**
 * How far a video is, as a client is told; undefined where there is nothing to tell. How many percent stands beside it. Pure.
 * @param network for which it is made
 * @param hasTime whether it is known when the post goes out there
 */
export function videoWords({ name, rendition }: SentVideo, network: string, hasTime: boolean): string | undefined {
  switch (rendition?.state) {
    case undefined:
      return hasTime
        ? undefined
        : `${name} is made for ${network} when the post has a time. You can play it here then.`;
    case 'waiting':
      return `${name} waits to be made for ${network}. You can play it here when it is ready.`;
    case 'running':
      return `${name} is being made for ${network}. You can play it here when it is ready.`;
    case 'ready':
      return `${name} is ready to be played.`;
    case 'failed':
      return `${name} could not be made for ${network}. Whoever sent you this link can see why. The post does not go out there until it is mended.`;
    case 'cancelled':
      return `${name} is not being made for ${network} at the moment. The post does not go out there without it.`;
  }
}
