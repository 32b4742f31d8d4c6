import { Inject, Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileNotFoundError, type FileStorage, STORAGE } from '#kernel';
import { type MediaFacts, type VideoFacts } from '../plan/facts.js';
import { type ImageLimit } from '../plan/limits.js';
import { type MediaPlan } from '../plan/plan.js';
import { MediaProblem } from '../problem.js';
import { renderStill } from '../run/still.js';
import { type Progress } from '../run/video-progress.js';
import { WorkFolders } from '../run/workspace.js';
import { type Job, type RenditionFailure, storageKeyOf } from './rows.js';
import { timeLimitMs } from './time-limit.js';
import { ORIGINAL_MISSING, StoreFault } from './verdict.js';

/** A file that was made, and looked at again. */
export interface MadeFile {
  facts: MediaFacts;
  /** SHA-256 of its bytes, hex. */
  digest: string;
}

/** How a file is made. */
export interface MakeOptions {
  /** Ends it. */
  signal: AbortSignal;
  /** Milliseconds that it may take. */
  timeMs: number;
  onProgress: (progress: Progress) => void;
}

/** Carries a plan out. Throws `RenditionError` where the result does not meet its limits. */
export type MakeMedia = (
  plan: MediaPlan,
  facts: MediaFacts,
  inputPath: string,
  outputPath: string,
  options: MakeOptions,
) => Promise<MadeFile>;

/** Injection token of the one {@link MakeMedia}. */
export const MAKE_MEDIA = Symbol('make media');

/** A rendition that cannot be made, with why. */
export class RenditionFailedError extends MediaProblem {
  constructor({ rule, message, remedy }: RenditionFailure, options?: ErrorOptions) {
    super(422, 'media', rule, message, remedy, options);
  }
}

/** Makes the file of a rendition, from the store and into it; whose it is in the end is for others to say. */
@Injectable()
export class RenditionMaking {
  constructor(
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly folders: WorkFolders,
    @Inject(MAKE_MEDIA) private readonly makeMedia: MakeMedia,
  ) {}

  /** How long it may take, in milliseconds. */
  timeFor(facts: MediaFacts): number {
    return timeLimitMs(facts);
  }

  /**
   * @throws RenditionFailedError where its original is missing
   * @throws StoreFault where the store could not be read or written
   * @throws whatever making it throws
   */
  async make(job: Job, facts: MediaFacts, options: MakeOptions): Promise<MadeFile> {
    return this.folders.use(async (folder) => {
      const output = join(folder, 'output');
      const key = `${job.organization_id}/originals/${job.source_digest}`;
      const input = await stored(() => this.storage.local(key, folder));
      options.signal.throwIfAborted();
      const made = await this.makeMedia(job.plan, facts, input, output, options);
      options.signal.throwIfAborted();
      await stored(() => this.storage.putFile(storageKeyOf(job), output, made.facts.contentType));
      return made;
    });
  }

  /**
   * A picture of a stored video, for whoever sends it: read at once and not kept.
   * @param atMs milliseconds from its start
   * @throws RenditionError where there is none within the limit
   */
  async cover(
    video: { storage_key: string; facts: VideoFacts },
    atMs: number,
    limit: ImageLimit,
  ): Promise<{ contentType: string; bytes: Uint8Array<ArrayBuffer> }> {
    return this.folders.use(async (folder) => {
      const input = await stored(() => this.storage.local(video.storage_key, folder));
      const output = join(folder, 'cover');
      const { facts } = await renderStill(video.facts, input, output, { atMs, limit });
      return { contentType: facts.contentType, bytes: new Uint8Array(await readFile(output)) };
    });
  }
}

async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FileNotFoundError) throw new RenditionFailedError(ORIGINAL_MISSING, { cause });
    throw new StoreFault('The store of files had a fault.', { cause });
  }
}
