import { useRef } from 'react';
import { type Media } from '../api/queries.js';
import { useVideoFrame } from './use-video-frame.js';

interface PictureProps {
  media: Pick<Media, 'id' | 'kind' | 'altText'>;
  /** Of a video: the moment that is shown, in milliseconds. */
  atMs: number;
  className?: string | undefined;
  position?: string;
}

/** A file as a still picture: an image, or a moment of a video; its poster where this browser cannot show the video. */
export function Picture({ media, atMs, className, position }: PictureProps) {
  const style = position === undefined ? undefined : { objectPosition: position };
  const still = `/v1/media/${media.id}/content?width=800`;
  if (media.kind !== 'video') return <img className={className} style={style} src={still} alt="" draggable={false} />;
  return <Moment media={media} atMs={atMs} className={className} style={style} still={still} />;
}

interface MomentProps extends Pick<PictureProps, 'media' | 'atMs' | 'className'> {
  style: { objectPosition: string } | undefined;
  still: string;
}

function Moment({ media, atMs, className, style, still }: MomentProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const playable = useVideoFrame(ref, atMs);
  if (playable === 'no') return <img className={className} style={style} src={still} alt="" draggable={false} />;
  return (
    <video
      ref={ref}
      className={className}
      style={style}
      src={`/v1/media/${media.id}/content`}
      poster={still}
      preload="auto"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden
    />
  );
}
