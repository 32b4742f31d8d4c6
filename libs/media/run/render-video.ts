import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageFacts, type VideoFacts } from '../plan/facts.js';
import { type RemuxPlan, type TranscodePlan } from '../plan/video.js';
import { tooManyBytes } from '../plan/words.js';
import { RenditionError } from '../problem.js';
import { type GuardedEnd, GuardedError, runGuarded } from './guarded.js';
import { videoTools } from './tools.js';
import { ffmpegArguments, seconds, stepOf, type VideoInput, type VideoOutput } from './video-arguments.js';
import { rateOf } from './video-filters.js';
import { extractFrames } from './video-frames.js';
import { ProgressMeter, type ProgressListener } from './video-progress.js';

/** How a rendition is made. */
export interface RenderOptions {
  onProgress?: ProgressListener;
  /** Ends it; what was made of it is removed, and the signal's reason is thrown. */
  signal?: AbortSignal;
  /** Milliseconds that a video may take in all; left out = half an hour. */
  timeMs?: number;
  /** Threads of a video's encoder; left out = 2. */
  threads?: number;
}

const TIME_MS = 30 * 60_000;
const THREADS = 2;
/** Address space: decoded frames of 8K and the tables of the encoder. */
const MEMORY_BYTES = 4 * 1024 ** 3;
/** What the first pass notes for the second grows with length and size. */
const NOTES_BYTES = 2 * 1024 ** 3;
/** Below that many bits a pixel, the bits have to go where they are needed: that takes two passes. */
const TIGHT_BITS_A_PIXEL = 0.05;
/** How often a file that became too large is made again with fewer bits. */
const AGAIN = 2;
/** What a container adds at both ends: the delay of the first frames and what fills the last block of sound. */
const ENDS_MS = 150;

/**
 * Carries the plan of a video out, and makes it once or twice more where the file is larger than allowed. Scratch files
 * lie beside the output, under its name with `.parts`, and are gone afterwards.
 * @throws RenditionError where it cannot be made so
 * @throws GuardedError where its time was over; the reason of the signal where that ended it
 */
export async function encodeVideo(
  plan: RemuxPlan | TranscodePlan,
  facts: VideoFacts | ImageFacts,
  inputPath: string,
  outputPath: string,
  options: RenderOptions,
): Promise<void> {
  const scratch = `${outputPath}.parts`;
  await mkdir(scratch, { recursive: true });
  try {
    const input = await openInput(plan, facts, inputPath, scratch);
    await new Encoding(plan, input, outputPath, scratch, options).run();
  } catch (error) {
    await rm(outputPath, { force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openInput(
  { steps }: RemuxPlan | TranscodePlan,
  facts: VideoFacts | ImageFacts,
  path: string,
  scratch: string,
): Promise<VideoInput> {
  if (facts.kind === 'video') return { kind: 'video', path, facts };
  const folder = join(scratch, 'frames');
  const { pattern, framesPerSecond } = await extractFrames(path, facts, folder, rateOf(steps, facts));
  return { kind: 'frames', pattern, framesPerSecond, facts };
}

/** One rendition on its way. */
class Encoding {
  private readonly deadline: number;
  private readonly meter: ProgressMeter;
  private readonly encode;
  private passes: 1 | 2;

  constructor(
    private readonly plan: RemuxPlan | TranscodePlan,
    private readonly input: VideoInput,
    private readonly outputPath: string,
    private readonly scratch: string,
    private readonly options: RenderOptions,
  ) {
    this.deadline = performance.now() + (options.timeMs ?? TIME_MS);
    this.encode = stepOf(plan.steps, 'encode');
    this.passes = this.isTight() ? 2 : 1;
    this.meter = new ProgressMeter(this.durationMs(), this.passes, options.onProgress);
  }

  async run(): Promise<void> {
    const { maxBytes } = this.plan.limit;
    let rate = this.encode?.maxBitRate;
    for (let again = 0; ; again += 1) {
      const bytes = await this.make(rate);
      if (bytes <= maxBytes) return;
      if (rate === undefined || again === AGAIN) {
        throw new RenditionError([`At its smallest: ${tooManyBytes(bytes, maxBytes)}.`]);
      }
      rate = this.lowered(rate, bytes);
      this.passes = 2;
      this.meter.more(2);
    }
  }

  /** The size of what was made; where writing was stopped, the size at which it was. */
  private async make(maxBitRate: number | undefined): Promise<number> {
    const log = join(this.scratch, 'pass');
    const common = { ...(maxBitRate !== undefined && { maxBitRate }), ...this.end(), path: this.outputPath };
    const threads = this.options.threads ?? THREADS;
    if (this.passes === 2) await this.ffmpeg({ ...common, threads, pass: { number: 1, log } }, NOTES_BYTES);
    const most = Math.ceil(this.plan.limit.maxBytes * 1.25) + 2 ** 20;
    try {
      await this.ffmpeg({ ...common, threads, ...(this.passes === 2 && { pass: { number: 2, log } }) }, most);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return most;
    }
    return (await stat(this.outputPath)).size;
  }

  private async ffmpeg(output: VideoOutput, fileBytes: number): Promise<void> {
    const { ffmpeg } = await videoTools();
    const { signal } = this.options;
    try {
      await runGuarded(ffmpeg, {
        args: ffmpegArguments(this.plan, this.input, output),
        cwd: this.scratch,
        bounds: {
          timeMs: Math.max(1, this.deadline - performance.now()),
          memoryBytes: MEMORY_BYTES,
          fileBytes,
          // A line or two for each half second of work.
          outputBytes: 256 * 1024 * 1024,
        },
        ...(signal && { signal }),
        onLine: (line) => this.meter.line(line),
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (isTooLarge(error)) throw error;
      throw explained(error);
    }
    this.meter.next();
  }

  private isTight(): boolean {
    if (!this.encode) return false;
    const { width, height } = this.plan;
    return this.encode.maxBitRate / (width * height * rateOf(this.plan.steps, this.input.facts)) < TIGHT_BITS_A_PIXEL;
  }

  private durationMs(): number {
    if (this.plan.action === 'transcode') return this.plan.durationMs;
    return this.input.facts.durationMs ?? 0;
  }

  /** A file that was encoded anew ends where the plan says, and with all that surrounds it not later than is allowed. */
  private end(): { endMs?: number } {
    if (!this.encode) return {};
    return { endMs: Math.min(this.durationMs(), (this.plan.limit.maxDurationMs ?? Infinity) - ENDS_MS) };
  }

  /** So much less for the picture that the whole fits, with a little to spare. */
  private lowered(rate: number, bytes: number): number {
    const sound = stepOf(this.plan.steps, 'audio') ?? stepOf(this.plan.steps, 'silence');
    const lasting = Number(seconds(this.durationMs()));
    const soundBytes = ((sound?.bitRate ?? 0) * lasting) / 8;
    const { maxBytes } = this.plan.limit;
    const share = Math.max(0.01, (maxBytes - soundBytes) / Math.max(1, bytes - soundBytes));
    return rate * Math.min(0.9, share * 0.93);
  }
}

const isTooLarge = (error: unknown): boolean => error instanceof GuardedError && error.end === 'file-size';

/** Why ffmpeg did not come to its end, for people. */
function explained(error: unknown): unknown {
  // What says nothing about the file is for whoever asked.
  if (!(error instanceof GuardedError) || error.end === 'time' || error.end === 'cancelled') return error;
  if (error.stderr.includes('No space left')) return error;
  const reasons: Record<Exclude<GuardedEnd, 'time' | 'cancelled'>, string> = {
    exit: 'The video could not be converted: it is damaged, or made in a way that is not known here.',
    memory: 'Converting it needs more memory than is allowed.',
    'file-size': 'The new file became larger than is allowed.',
    output: 'The video could not be converted: it is damaged.',
  };
  return Object.assign(new RenditionError([reasons[error.end]]), { cause: error });
}
