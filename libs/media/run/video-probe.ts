import { open, stat } from 'node:fs/promises';
import { type VideoContainer, type VideoFacts } from '../plan/facts.js';
import { isUneven, inspectMp4, type Mp4Layout } from './container-mp4.js';
import { inspectMatroska } from './container-matroska.js';
import { type GuardedBounds, GuardedError, runGuarded } from './guarded.js';
import { damagedVideo, PROBE_LIMITS, tooComplex, tooManyBytes } from './probe-limits.js';
import { FileReader } from './reader.js';
import { videoTools } from './tools.js';
import { readerArguments } from './video-arguments.js';
import { type FfprobeAnswer, type Measured, videoFactsOf } from './video-probe-facts.js';

const BOUNDS: GuardedBounds = {
  timeMs: 60_000,
  // The index of a long recording in 4K, and the libraries of a build that links them.
  memoryBytes: 2 * 1024 ** 3,
  fileBytes: 0,
  outputBytes: 4 * 1024 * 1024,
};
/** Frames that are looked at where the container has no table of their times. */
const SAMPLED_FRAMES = 600;
/** Heads of boxes are short and lie far apart. */
const WINDOW = 4096;

/**
 * Finds out what a video is. Its container is walked through first, so that ffprobe meets nothing that claims to be
 * larger than it is; nothing but this file is opened, by the one reader that fits what the content showed.
 * @throws UnacceptableMediaError, or VideoToolsError where there is no ffprobe
 */
export async function probeVideo(path: string, container: VideoContainer, signal?: AbortSignal): Promise<VideoFacts> {
  const { size } = await stat(path);
  if (size > PROBE_LIMITS.bytes) throw tooManyBytes('video', size, PROBE_LIMITS.bytes);
  const layout = await inspect(path, container);
  const ffprobe = new Ffprobe(path, container, signal);
  const answer = await ffprobe.describe();
  const video = layout?.tracks.find(({ handler }) => handler === 'vide');
  const shown = layout?.tracks.filter(({ handler }) => SHOWN.has(handler)) ?? [];
  const editList = shown.some(({ edited }) => edited);
  const measured: Measured = {
    container,
    bytes: size,
    fastStart: layout?.fastStart ?? true,
    editList,
    plainEditList: !editList && shown.some(({ edits }) => edits),
    ...(video?.variable === undefined ? await ffprobe.sample() : { variableFrameRate: video.variable }),
    ...(lacksDuration(answer) && { durationMs: await ffprobe.measureDuration() }),
  };
  return videoFactsOf(answer, measured);
}

const SHOWN = new Set(['vide', 'soun']);

async function inspect(path: string, container: VideoContainer): Promise<Mp4Layout | undefined> {
  const handle = await open(path);
  try {
    const reader = new FileReader(handle, (await handle.stat()).size, WINDOW);
    if (container === 'mp4' || container === 'mov') return await inspectMp4(reader);
    await inspectMatroska(reader);
    return undefined;
  } finally {
    await handle.close();
  }
}

const lacksDuration = ({ format }: FfprobeAnswer): boolean => !(Number(format?.duration) > 0);

/** ffprobe, asked about one file. */
class Ffprobe {
  private readonly input: readonly string[];

  constructor(
    path: string,
    container: VideoContainer,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.input = [
      ...['-v', 'error', '-hide_banner', '-protocol_whitelist', 'file', ...readerArguments(container)],
      ...['-probesize', '20000000', '-analyzeduration', '10000000'],
      ...['-i', `file:${path}`],
    ];
  }

  async describe(): Promise<FfprobeAnswer> {
    const stdout = await this.run(['-print_format', 'json', '-show_format', '-show_streams', '-show_chapters']);
    return JSON.parse(stdout) as FfprobeAnswer;
  }

  /** Looks at the times of the first frames. */
  async sample(): Promise<{ variableFrameRate: boolean; sampledFrameRate?: number }> {
    const times: number[] = [];
    await this.times(['-read_intervals', `%+#${SAMPLED_FRAMES}`], (seconds) => times.push(seconds));
    times.sort((a, b) => a - b);
    const gaps = new Map<number, number>();
    times.slice(1).forEach((time, index) => {
      const milliseconds = Math.round((time - (times[index] ?? 0)) * 1000);
      gaps.set(milliseconds, (gaps.get(milliseconds) ?? 0) + 1);
    });
    const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return {
      // Times are whole milliseconds in Matroska.
      variableFrameRate: isUneven(gaps, times.length - 1, 2),
      ...(span > 0 && { sampledFrameRate: (times.length - 1) / span }),
    };
  }

  /** Reads through the whole file, as a recording of a browser does not say how long it is. */
  async measureDuration(): Promise<number> {
    let last = 0;
    await this.times([], (seconds, length) => {
      last = Math.max(last, seconds + length);
    });
    return Math.round(last * 1000);
  }

  private async times(options: readonly string[], visit: (seconds: number, length: number) => void): Promise<void> {
    const shown = ['-select_streams', 'V:0', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'];
    await this.run([...options, ...shown], (line) => {
      const [seconds, length] = line.split(',').map(Number);
      if (seconds !== undefined && Number.isFinite(seconds)) visit(seconds, length && length > 0 ? length : 0);
    });
  }

  private async run(shown: readonly string[], onLine?: (line: string) => void): Promise<string> {
    const { ffprobe } = await videoTools();
    try {
      const { stdout } = await runGuarded(ffprobe, {
        args: [...this.input, ...shown],
        bounds: onLine ? { ...BOUNDS, outputBytes: 512 * 1024 * 1024 } : BOUNDS,
        ...(this.signal && { signal: this.signal }),
        ...(onLine && { onLine }),
      });
      return stdout;
    } catch (error) {
      this.signal?.throwIfAborted();
      throw error instanceof GuardedError ? explained(error) : error;
    }
  }
}

/** 126 and 127 of a shell: the program itself cannot be run, which is no fault of the file. */
function explained(error: GuardedError): Error {
  switch (error.end) {
    case 'exit':
      return error.exitCode === 126 || error.exitCode === 127 ? error : damagedVideo(error);
    case 'time':
    case 'memory':
    case 'output':
    case 'file-size':
      return tooComplex(error);
    case 'cancelled':
      return error;
  }
}
