import { useEffect, useRef } from 'react';
import classes from './adjust.module.css';
import { type Span } from './choices.js';

interface FilmStripProps {
  mediaId: string;
  durationMs: number;
  /** What is used of it; the rest is shown faintly. */
  used: Span;
}

/** Pictures in a row; more would take longer to find than to look at. */
const PICTURES = 8;
const HEIGHT_PX = 48;

/** A video as a row of its pictures. It stays empty where this browser cannot show the video. */
export function FilmStrip({ mediaId, durationMs, used }: FilmStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    video.src = `/v1/media/${mediaId}/content`;
    const pictures = [...(strip.current?.querySelectorAll('canvas') ?? [])];
    const seek = (index: number) => {
      if (index < pictures.length) video.currentTime = ((index + 0.5) / PICTURES) * (durationMs / 1_000);
    };
    let next = 0;
    video.onloadeddata = () => seek(next);
    video.onseeked = () => {
      const picture = pictures[next];
      if (picture) draw(video, picture);
      next += 1;
      seek(next);
    };
    return () => {
      video.onloadeddata = null;
      video.onseeked = null;
      video.removeAttribute('src');
      video.load();
    };
  }, [mediaId, durationMs]);
  const percent = (ms: number) => `${(ms / durationMs) * 100}%`;
  return (
    <div ref={strip} className={classes['strip']} aria-hidden>
      {Array.from({ length: PICTURES }, (_, index) => (
        <canvas key={index} className={classes['stripPicture']} />
      ))}
      <span className={classes['unused']} style={{ insetInlineStart: 0, width: percent(used.startMs) }} />
      <span className={classes['unused']} style={{ insetInlineEnd: 0, width: percent(durationMs - used.endMs) }} />
    </div>
  );
}

/** The middle of the picture, as high as the strip. */
function draw(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
  const scale = window.devicePixelRatio;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = HEIGHT_PX * scale;
  const { videoWidth, videoHeight } = video;
  const zoom = Math.max(canvas.width / videoWidth, canvas.height / videoHeight);
  const [width, height] = [videoWidth * zoom, videoHeight * zoom];
  canvas.getContext('2d')?.drawImage(video, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
