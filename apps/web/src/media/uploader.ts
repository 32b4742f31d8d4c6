import Uppy from '@uppy/core';
import Tus, { type TusBody } from '@uppy/tus';
import { newIdempotencyKey } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { type Media, mediaQuery } from '../api/queries.js';
import { queryClient } from '../api/query-client.js';
import { lockOf } from './left-behind.js';
import { paceOf, type Sample, withSample } from './pace.js';
import { problemInWords, refusalBefore, refusalOf } from './refusals.js';
import { largestUpload, uploadOutcome, uploadsAddress } from './upload-api.js';
import { isUnderWay, type UploadItem, type UploadProblem } from './upload-item.js';
import { UploadStore } from './upload-store.js';

/** What may be said of a file when it is announced. */
export interface UploadOptions {
  altText?: string;
  /** The folder of the library in which it will lie. */
  folderId?: string;
}

type UploadMeta = { filename: string } & UploadOptions & Record<string, unknown>;

/** Files of one workspace that are sent at the same time. */
const AT_ONCE = 3;
/** Bytes of one request: a proxy that keeps requests back until they are whole loses no more than this. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** A lost connection is tried again after this, twice as long each time up to the longest; at once when it is back. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
/** How often it is asked what became of a file. */
const FIRST_ASK_MS = 250;
const LONGEST_ASK_MS = 2_000;

/** All uploads of this page. */
export const uploads = new UploadStore();

/**
 * Sends the files of one workspace by tus: in pieces, paused and resumed, after a lost connection by itself, after a reload
 * when the same file is chosen again. It lives as long as the page, whatever screen is shown.
 */
export class Uploader {
  private readonly uppy: Uppy<UploadMeta, TusBody>;
  private readonly samples = new Map<string, readonly Sample[]>();
  /** What is tried again, how often it was, and when. */
  private readonly retries = new Map<string, { count: number; timer: ReturnType<typeof setTimeout> }>();
  /** What has no request of its own under way, because the last one failed. */
  private readonly broken = new Set<string>();
  private readonly releases = new Map<string, () => void>();
  private readonly most: Promise<number | undefined>;

  constructor(private readonly workspaceId: string) {
    this.most = largestUpload(workspaceId);
    // The id stands in the names under which the browser remembers what was begun.
    this.uppy = new Uppy<UploadMeta, TusBody>({ id: `clickpost-${workspaceId}` }).use(Tus, {
      endpoint: uploadsAddress(workspaceId),
      chunkSize: CHUNK_BYTES,
      limit: AT_ONCE,
      // Tried again here, for as long as it takes, and with something to say meanwhile.
      retryDelays: [],
      removeFingerprintOnSuccess: true,
    });
    this.uppy.on('upload-progress', (file, { bytesUploaded }) => file && this.progressed(file.id, bytesUploaded));
    this.uppy.on('upload-error', (file, _error, response) => file && this.failed(file.id, response?.body?.xhr));
    this.uppy.on('upload-success', (file, { uploadURL = '' }) => file && void this.finish(file.id, uploadURL));
    window.addEventListener('online', () => this.tryAllAgain());
  }

  /** Takes files; what is on its way already is not taken twice. @returns their ids, in order */
  add(files: readonly File[], options: UploadOptions = {}): string[] {
    return files.map((file) => this.addOne(file, options));
  }

  pause(id: string): void {
    if (!this.uppy.getFile(id)) return;
    this.stopRetrying(id);
    if (!this.broken.has(id)) this.uppy.pauseResume(id);
    this.set(id, { state: 'paused' });
  }

  /** Goes on with what was paused or interrupted. */
  resume(id: string): void {
    if (!this.uppy.getFile(id)) return;
    this.stopRetrying(id);
    this.samples.delete(id);
    this.set(id, { state: 'waiting' });
    if (this.broken.delete(id)) void this.uppy.retryUpload(id);
    else this.uppy.pauseResume(id);
  }

  /** Sends a refused file once more. */
  retry(id: string): void {
    const item = uploads.find(id);
    if (item?.state !== 'refused') return;
    this.drop(id);
    this.addOne(item.file, {});
  }

  /** Ends what is on its way, there too, or takes a finished one off the list. */
  drop(id: string): void {
    this.stopRetrying(id);
    this.leave(id);
    uploads.remove(id);
  }

  private addOne(file: File, options: UploadOptions): string {
    const known = uploads.items().find((item) => item.workspaceId === this.workspaceId && isSame(item.file, file));
    if (known && isUnderWay(known)) return known.id;
    if (known) this.drop(known.id);
    const refusal = refusalBefore(file, undefined);
    if (refusal !== undefined) return this.refuseAtOnce(file, refusal);
    const meta: UploadMeta = { filename: file.name, ...options };
    const id = this.uppy.addFile({ name: file.name, type: file.type, data: file, meta });
    this.uppy.setFileState(id, { tus: { allowedMetaFields: Object.keys(meta) } });
    uploads.add({ id, workspaceId: this.workspaceId, file, name: file.name, state: 'waiting', sent: 0 });
    void this.begin(id, file);
    return id;
  }

  private async begin(id: string, file: File): Promise<void> {
    const refusal = refusalBefore(file, await this.most);
    if (refusal !== undefined) return this.refuse(id, { message: refusal, mayRetry: false });
    if (!(await this.hold(id, file))) {
      const message = 'Another tab is uploading this file already. Close one of them, or wait.';
      return this.refuse(id, { message, mayRetry: true });
    }
    if (uploads.find(id)?.state === 'waiting') await this.uppy.upload();
  }

  private progressed(id: string, sent: number): void {
    const item = uploads.find(id);
    if (!item || item.state === 'paused' || item.state === 'checking') return;
    this.stopRetrying(id);
    const samples = withSample(this.samples.get(id) ?? [], { at: performance.now(), bytes: sent });
    this.samples.set(id, samples);
    const pace = paceOf(samples, item.file.size);
    this.set(id, { state: 'sending', sent, ...(pace && { pace }) });
  }

  private failed(id: string, xhr: XMLHttpRequest | undefined): void {
    this.broken.add(id);
    this.samples.delete(id);
    const refusal = refusalOf(xhr?.status, xhr?.responseText ?? '');
    if (refusal) return this.refuse(id, refusal);
    if (uploads.find(id)?.state === 'paused') return;
    this.set(id, { state: 'interrupted' });
    const count = (this.retries.get(id)?.count ?? -1) + 1;
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** count);
    this.retries.set(id, { count, timer: setTimeout(() => this.tryAgain(id), delay) });
  }

  private tryAgain(id: string): void {
    if (uploads.find(id)?.state !== 'interrupted' || !this.broken.delete(id)) return;
    void this.uppy.retryUpload(id);
  }

  private tryAllAgain(): void {
    for (const { id, workspaceId } of uploads.items()) if (workspaceId === this.workspaceId) this.tryAgain(id);
  }

  /** Waits for what the server finds in the file. */
  private async finish(id: string, url: string): Promise<void> {
    this.set(id, { state: 'checking' });
    for (let wait = FIRST_ASK_MS; uploads.find(id); wait = Math.min(LONGEST_ASK_MS, wait * 2)) {
      try {
        const { state, media, problem } = await uploadOutcome(url);
        if (state === 'done' && media) return this.done(id, media);
        if (state === 'refused') {
          return this.refuse(id, problem ? problemInWords(problem) : { message: UNSAID, mayRetry: true });
        }
      } catch (error) {
        if (error instanceof ApiError && error.status < 500) return this.refuse(id, problemInWords(error.problem));
        // Nobody answered: what became of it is known when somebody does.
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private done(id: string, media: Media): void {
    this.leave(id);
    queryClient.setQueryData(mediaQuery(media.id).queryKey, media);
    void queryClient.invalidateQueries({ queryKey: ['library'] });
    this.set(id, { state: 'done', media });
  }

  private refuse(id: string, problem: UploadProblem): void {
    this.leave(id);
    this.set(id, { state: 'refused', problem });
  }

  private refuseAtOnce(file: File, message: string): string {
    const id = newIdempotencyKey();
    const problem = { message, mayRetry: false };
    uploads.add({ id, workspaceId: this.workspaceId, file, name: file.name, state: 'refused', sent: 0, problem });
    return id;
  }

  /** Nothing is sent of it any more; what the server holds of an unfinished one is ended there. */
  private leave(id: string): void {
    this.broken.delete(id);
    this.samples.delete(id);
    this.releases.get(id)?.();
    this.releases.delete(id);
    if (this.uppy.getFile(id)) this.uppy.removeFile(id);
  }

  private stopRetrying(id: string): void {
    clearTimeout(this.retries.get(id)?.timer);
    this.retries.delete(id);
  }

  private set(id: string, change: Partial<UploadItem>): void {
    uploads.change(id, ({ pace, ...item }) => ({
      ...item,
      // How fast it came is no news once it stands still.
      ...(pace && change.state === 'sending' && { pace }),
      ...change,
    }));
  }

  /** Lets other tabs know that this one is at it. Only secure origins have locks; elsewhere nobody else is known. */
  private hold(id: string, file: File): Promise<boolean> {
    if (!('locks' in navigator)) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(lockOf(this.workspaceId, file), { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : new Promise<void>((release) => this.releases.set(id, release));
        })
        .catch(reject);
    });
  }
}

const UNSAID = 'The server did not take this file. Try again.';

const uploaders = new Map<string, Uploader>();

/** The one uploader of a workspace on this page. */
export function uploaderOf(workspaceId: string): Uploader {
  const known = uploaders.get(workspaceId);
  if (known) return known;
  const uploader = new Uploader(workspaceId);
  uploaders.set(workspaceId, uploader);
  return uploader;
}

function isSame(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.type === b.type && a.lastModified === b.lastModified;
}
