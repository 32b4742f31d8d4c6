import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { type ComponentProps, useRef } from 'react';
import { useVideoFrame } from '../../media/use-video-frame.js';
import { durationInWords } from '../../media/words.js';
import { type MediaItem } from '../draft.js';
import { type PreviewFacts, type PreviewPlan, usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

/** A file of a message as its channel gets it. */
export interface SeenFile {
  id: string;
  altText: string;
  address: string;
  /** What it is called where it is not described. */
  name: string;
  facts: PreviewFacts | undefined;
  plan: PreviewPlan | undefined;
  /** Width by height of what the channel gets; undefined while it is read. */
  shape: number | undefined;
  /** The moment of a video that stands for it before it is played, in milliseconds of what plays. */
  coverAtMs?: number;
}

/** The files of one message as a channel gets them. @param segment which message: 0 is the post itself */
export function useSeenFiles(files: readonly MediaItem[], channelId: string, segment: number): SeenFile[] {
  const { address, useFacts, usePlans } = usePreviewSource();
  const plans = usePlans().filter((plan) => plan.channelId === channelId && plan.segment === segment);
  const facts = useFacts(files.map(({ id }) => id));
  return files.map(({ id, altText, coverId, coverAtMs, trim }, index) => {
    const known = facts[index];
    const plan = plans.find(({ mediaId, action }) => mediaId === id && action !== 'refuse');
    const { width, height } = (plan && isSized(plan) ? plan : known) ?? { width: 0, height: 0 };
    return {
      ...{ id, altText, facts: known, plan },
      address: address(hasOwnCover(plan) ? (coverId ?? id) : id, 800),
      name: altText.trim() === '' ? `${nameOf(known)} ${index + 1}, not described yet` : altText,
      shape: width > 0 && height > 0 ? width / height : undefined,
      ...(plan?.cover?.action === 'moment' &&
        coverAtMs !== undefined && { coverAtMs: coverAtMs - (trim?.startMs ?? 0) }),
    };
  });
}

interface ShownFileProps {
  file: SeenFile;
  /** How long a video takes is written on it. */
  withLength?: boolean;
}

/** An image, or a video by its poster, and to play where its version is made. */
export function ShownFile({ file: { address, name, facts, plan, coverAtMs }, withLength = true }: ShownFileProps) {
  const { played } = usePreviewSource();
  const isVideo = plan ? plan.output === 'video' : facts?.kind === 'video';
  const source = isVideo && plan ? played(plan) : undefined;
  if (source !== undefined) {
    const video = { src: source, poster: address, controls: true, playsInline: true, 'aria-label': name };
    return coverAtMs === undefined ? <video {...video} preload="none" /> : <CoveredVideo {...video} atMs={coverAtMs} />;
  }
  return (
    <>
      <img src={address} alt={name} draggable={false} />
      {isVideo && (
        <span className={classes['play']}>
          <IconPlayerPlayFilled size={22} aria-hidden />
          <span className="visually-hidden">Video</span>
        </span>
      )}
      {isVideo && withLength && (
        <span className={classes['length']}>{durationInWords(plan?.durationMs ?? facts?.durationMs ?? 0)}</span>
      )}
    </>
  );
}

/** A video that shows one of its moments until it is played, and is played from its beginning. */
function CoveredVideo({ atMs, ...video }: ComponentProps<'video'> & { atMs: number }) {
  const ref = useRef<HTMLVideoElement>(null);
  const wasPlayed = useRef(false);
  useVideoFrame(ref, atMs);
  const begin = ({ currentTarget }: { currentTarget: HTMLVideoElement }) => {
    if (!wasPlayed.current) currentTarget.currentTime = 0;
    wasPlayed.current = true;
  };
  return <video {...video} ref={ref} preload="metadata" onPlay={begin} />;
}

/** A shape that a network shows: the file's own between these. */
export function shapeWithin(shape: number | undefined, [tallest, widest]: readonly [number, number]): number {
  return shape === undefined ? 1 : Math.min(widest, Math.max(tallest, shape));
}

function nameOf(facts: PreviewFacts | undefined): string {
  return facts?.kind === 'video' ? 'Video' : 'Image';
}

/** Whether the channel shows the image that was chosen as the cover. */
function hasOwnCover(plan: PreviewPlan | undefined): boolean {
  return plan?.cover?.action === 'keep' || plan?.cover?.action === 'render';
}

function isSized({ width, height }: PreviewPlan): boolean {
  return width > 0 && height > 0;
}
