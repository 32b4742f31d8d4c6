import { type Schema } from '../api/client.js';
import { ApiError, OfflineError } from '../api/problem.js';
import { type Post } from '../api/queries.js';
import { type CreateBody, type Draft, emptyDraft, isEmpty } from './draft.js';
import { type DraftBase, type KeptDraft, type LocalDrafts, type PendingCreate } from './local-drafts.js';
import { contentOf, sameContent } from './post-body.js';

/** A post and the tag of its version. */
export interface TaggedPost {
  data: Post;
  etag: string;
}

/** The API, as far as keeping a draft needs it. */
export interface KeeperApi {
  create(body: CreateBody, key: string): Promise<TaggedPost>;
  change(id: string, etag: string, body: Schema<'UpdatePostDto'>): Promise<TaggedPost>;
  read(id: string): Promise<TaggedPost>;
}

/** Where what was written is now. */
export type KeepStatus =
  | { kind: 'clean' }
  | { kind: 'saving' }
  | { kind: 'saved' }
  /** On this device; the server is out of reach and is asked again. */
  | { kind: 'waiting' }
  /** On this device until somebody says "Save changes": the post is scheduled. */
  | { kind: 'local' }
  /** The server refuses it. */
  | { kind: 'refused'; error: unknown }
  /** Somebody else changed the post. */
  | { kind: 'conflict'; theirs: TaggedPost }
  /** Somebody deleted the post. */
  | { kind: 'gone' };

interface KeeperOptions {
  api: KeeperApi;
  store: LocalDrafts;
  /** The name under which it is kept while the server does not know it. */
  newId: string;
  newKey: () => string;
  base?: DraftBase;
  pending?: PendingCreate;
  draft: Draft;
  status?: KeepStatus;
  /** The server has it now, under this id. */
  onCreated: (postId: string) => void;
}

const QUIET_MS = 1500;
const RETRY_MS = 4000;

/** The version of a post that somebody goes on from. */
export function baseOf({ data, etag }: TaggedPost): DraftBase {
  const { id, content, media, channels, publications } = data;
  const isDraft = publications.every(({ state }) => state === 'cancelled');
  return { postId: id, etag, content: { content, media, channels }, isDraft };
}

/**
 * Keeps what a person writes: at once on this device, and as a draft on the server when they pause. One request at a time;
 * whatever cannot be sent stays here and is sent later. A scheduled post is changed by `submit` alone.
 */
export class DraftKeeper {
  private draft: Draft;
  private base: DraftBase | undefined;
  private pending: PendingCreate | undefined;
  private now: KeepStatus;
  private stored = true;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: KeeperOptions) {
    this.draft = options.draft;
    this.base = options.base;
    this.pending = options.pending;
    this.now = options.status ?? { kind: 'clean' };
  }

  /** Begins, or begins again: what was left unsaved before is saved. */
  start(): void {
    this.stopped = false;
    if (!this.isConflict) this.schedule();
  }

  get status(): KeepStatus {
    return this.now;
  }

  /** The version on the server that this goes on from; undefined before the first save. */
  get current(): DraftBase | undefined {
    return this.base;
  }

  /** Whether something would be lost with this tab. */
  get isAtRisk(): boolean {
    return !this.stored && this.isUnsaved;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes a change: on this device at once, to the server after a pause. */
  keep(draft: Draft): void {
    if (draft === this.draft) return;
    this.draft = draft;
    this.store();
    if (this.now.kind !== 'conflict') this.schedule();
  }

  /** Saves what is unsaved now, where that is done by itself. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    return this.alone(() => this.save());
  }

  /**
   * Saves everything and sets when it goes out; `undefined` leaves the time as it is. A draft that the server does not have
   * is created first, so that a lost answer can never publish twice.
   * @throws ApiError | OfflineError; what was written is kept in either case
   */
  submit(schedule: CreateBody['schedule'] | undefined): Promise<Post> {
    clearTimeout(this.timer);
    return this.alone(async () => {
      const before = this.now;
      this.tell({ kind: 'saving' });
      try {
        const base = this.base ?? (await this.create());
        const saved = await this.change(base, schedule);
        this.forget();
        this.tell({ kind: 'saved' });
        return saved;
      } catch (error) {
        if (!this.isConflict) {
          this.tell(before.kind === 'saving' ? { kind: 'clean' } : before);
          // A draft is saved as such in the meantime.
          this.schedule();
        }
        throw error;
      }
    });
  }

  /** After a conflict: what is written here stands, on top of what somebody else saved. */
  keepMine(): void {
    if (this.now.kind !== 'conflict') return;
    this.base = baseOf(this.now.theirs);
    this.tell({ kind: 'clean' });
    this.store();
    this.schedule();
  }

  /** After a conflict: goes on from what somebody else saved. */
  takeTheirs(draft: Draft): void {
    if (this.now.kind !== 'conflict') return;
    this.base = baseOf(this.now.theirs);
    this.draft = draft;
    this.forget();
    this.tell({ kind: 'saved' });
  }

  /** After somebody deleted the post: what is written here becomes a post of its own. */
  saveAsNew(): void {
    this.options.store.remove(this.id);
    this.base = undefined;
    this.pending = undefined;
    this.tell({ kind: 'clean' });
    this.store();
    void this.flush();
  }

  /**
   * Deletes the post, and what is kept of it here.
   * @throws what `remove` throws; then everything stays
   */
  discard(remove: (postId: string, etag: string) => Promise<unknown>): Promise<void> {
    clearTimeout(this.timer);
    return this.alone(async () => {
      if (this.base) await remove(this.base.postId, this.base.etag);
      this.forget();
      this.draft = emptyDraft(this.draft.schedule.zone);
      this.base = undefined;
      this.pending = undefined;
    });
  }

  /** Forgets what is kept on this device. */
  forget(): void {
    clearTimeout(this.timer);
    this.options.store.remove(this.id);
    this.options.store.remove(this.options.newId);
  }

  /** Ends it; what is unsaved stays on this device, and is sent a last time. */
  stop(): void {
    if (this.isUnsaved && this.now.kind !== 'conflict') void this.flush();
    this.stopped = true;
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  private get id(): string {
    return this.base?.postId ?? this.options.newId;
  }

  private get isConflict(): boolean {
    return this.now.kind === 'conflict' || this.now.kind === 'gone';
  }

  private get isUnsaved(): boolean {
    if (!this.base) return !isEmpty(this.draft);
    return !sameContent(contentOf(this.draft), this.base.content);
  }

  private store(): void {
    const { store } = this.options;
    const isNothing = !this.base && !this.pending && isEmpty(this.draft);
    // The server has it all; only a time that was chosen for a draft is nowhere else.
    const { kind, local } = this.draft.schedule;
    const isSaved = this.base?.isDraft && !this.isUnsaved && kind === 'at' && local === '';
    if (isNothing || isSaved) return store.remove(this.id);
    const kept: KeptDraft = {
      draft: this.draft,
      ...(this.base && { base: this.base }),
      ...(this.pending && { pending: this.pending }),
      at: Date.now(),
    };
    this.stored = store.write(this.id, kept);
  }

  private schedule(delay = QUIET_MS): void {
    clearTimeout(this.timer);
    if (this.base && !this.base.isDraft) return this.tell(this.isUnsaved ? { kind: 'local' } : { kind: 'clean' });
    if (!this.isUnsaved || this.stopped) return;
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** One request after the other: the next one needs the tag of the one before. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.running.then(work);
    this.running = result.catch(() => undefined);
    return result;
  }

  private async save(): Promise<void> {
    if (this.isConflict || !this.isUnsaved || (this.base && !this.base.isDraft)) return;
    this.tell({ kind: 'saving' });
    try {
      const base = this.base ?? (await this.create());
      if (this.isUnsaved) await this.change(base, undefined);
      this.tell({ kind: 'saved' });
      // Whoever typed on in the meantime is saved after the next pause.
      this.schedule();
    } catch (error) {
      this.failed(error);
    }
  }

  private async create(): Promise<DraftBase> {
    this.pending ??= { key: this.options.newKey(), body: { ...contentOf(this.draft), schedule: null } };
    this.store();
    try {
      const created = await this.options.api.create(this.pending.body, this.pending.key);
      const base = baseOf(created);
      this.base = base;
      this.pending = undefined;
      this.options.store.remove(this.options.newId);
      this.store();
      this.options.onCreated(base.postId);
      return base;
    } catch (error) {
      // What was refused was not made; the corrected post is another request.
      if (error instanceof ApiError && !isPassing(error)) this.pending = undefined;
      throw error;
    }
  }

  private async change(base: DraftBase, schedule: CreateBody['schedule'] | undefined): Promise<Post> {
    const sent = contentOf(this.draft);
    const body = { ...sent, ...(schedule !== undefined && { schedule }) };
    try {
      return this.adopt(await this.options.api.change(base.postId, base.etag, body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404 && (error.problem.errors ?? []).length === 0) this.tell({ kind: 'gone' });
      if (error.status !== 412) throw error;
      const theirs = await this.options.api.read(base.postId);
      const asSent = sameContent(theirs.data, sent);
      const isSettled = schedule === undefined ? asSent : asSent && isGoingOut(schedule) === !baseOf(theirs).isDraft;
      // An answer of our own was lost: this is what we sent.
      if (isSettled) return this.adopt(theirs);
      // Only its version moved on, not what it says.
      if (asSent || sameContent(theirs.data, base.content)) {
        return this.adopt(await this.options.api.change(base.postId, theirs.etag, body));
      }
      this.tell({ kind: 'conflict', theirs });
      throw error;
    }
  }

  private adopt(post: TaggedPost): Post {
    this.base = baseOf(post);
    this.store();
    return post.data;
  }

  private failed(error: unknown): void {
    if (this.isConflict) return;
    if (error instanceof OfflineError || isPassing(error)) {
      this.tell({ kind: 'waiting' });
      const after = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
      return this.schedule(Math.max(RETRY_MS, after));
    }
    this.tell({ kind: 'refused', error });
  }

  private tell(status: KeepStatus): void {
    if (this.now.kind === status.kind && status.kind !== 'refused' && status.kind !== 'conflict') return;
    this.now = status;
    for (const listener of this.listeners) listener();
  }
}

function isGoingOut(schedule: CreateBody['schedule']): boolean {
  return schedule !== null;
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
}
