export { readSandboxImage, type SandboxImage } from '#platforms/core';
import {
  readSandboxVideo,
  type SandboxFile,
  type SandboxPulled,
  type SandboxVideo,
  type SandboxWorld,
  type VideoLimit,
} from '#platforms/core';

/** A file that was fetched by its address, or why it could not be. */
export type Pulled = Pick<SandboxPulled, 'file' | 'contentType'> | { problem: string };

/** Fetches a file as Meta's own servers do: public, without redirects, with a type. */
export async function pullFile(world: SandboxWorld, url: string): Promise<Pulled> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return { problem: 'The address is no web address.' };
  try {
    const { status, file, contentType } = await world.pull(url);
    if (status < 200 || status > 299) return { problem: `The address was answered with HTTP ${status}.` };
    return { file, contentType };
  } catch (error) {
    return { problem: `The address could not be reached: ${error instanceof Error ? error.message : 'no answer'}` };
  }
}

/** What is wrong with a video, in words; undefined where nothing is. */
export function videoProblem(video: SandboxVideo | undefined, bytes: number, limit: VideoLimit): string | undefined {
  if (!video) return 'The file is no MP4 or MOV video.';
  const { width, height, durationMs, frameRate, codec } = video;
  const aspect = width / height;
  const checks: readonly [boolean, string][] = [
    [bytes > limit.maxBytes, `It has ${bytes} bytes.`],
    [!/^(avc1|hvc1|hev1)$/.test(codec), `Its codec is ${codec}.`],
    [durationMs < (limit.minDurationMs ?? 0), `It lasts ${durationMs} ms.`],
    [durationMs > (limit.maxDurationMs ?? Infinity), `It lasts ${durationMs} ms.`],
    // A film rate of 23.976 counts as 24.
    [frameRate < (limit.minFrameRate ?? 0) - 0.5, `It has ${frameRate} frames a second.`],
    [frameRate > (limit.maxFrameRate ?? Infinity) + 0.5, `It has ${frameRate} frames a second.`],
    [width < (limit.minWidth ?? 0) || height < (limit.minHeight ?? 0), `It has ${width} by ${height} pixels.`],
    [width > (limit.maxWidth ?? Infinity), `It has ${width} by ${height} pixels.`],
    [
      limit.aspect !== undefined && (aspect < limit.aspect.min - 0.01 || aspect > limit.aspect.max + 0.01),
      `Its shape is ${aspect}.`,
    ],
  ];
  return checks.find(([broken]) => broken)?.[1];
}

/** Reads a video and says what is wrong with it, beside that it is refused only when it is processed. */
export function judgeVideo(file: SandboxFile, limit: VideoLimit): { video?: SandboxVideo; problem?: string } {
  const video = readSandboxVideo(file);
  const problem = videoProblem(video, file.bytes, limit);
  return { ...(video && { video }), ...(problem !== undefined && { problem }) };
}
