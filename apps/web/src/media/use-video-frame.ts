import { type RefObject, useEffect, useState } from 'react';

/** Whether this browser shows the video: not every one reads every codec, as HEVC from phones. */
export type Playable = 'unknown' | 'yes' | 'no';

/** Keeps a video element at a moment. @param atMs milliseconds of the video */
export function useVideoFrame(ref: RefObject<HTMLVideoElement | null>, atMs: number): Playable {
  const [playable, setPlayable] = useState<Playable>('unknown');
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    const seek = () => {
      video.currentTime = atMs / 1_000;
    };
    // A file whose picture is not understood has no size, though its sound may play.
    const loaded = () => {
      setPlayable(video.videoWidth > 0 ? 'yes' : 'no');
      seek();
    };
    const failed = () => setPlayable('no');
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) seek();
    video.addEventListener('loadedmetadata', loaded);
    video.addEventListener('error', failed);
    return () => {
      video.removeEventListener('loadedmetadata', loaded);
      video.removeEventListener('error', failed);
    };
  }, [ref, atMs]);
  return playable;
}
