import { type Database } from '#kernel';
import { type Progress } from '../run/video-progress.js';
import { beat, type Job } from './rows.js';

/** Why a making was ended from outside: the worker stops, somebody else has a say over the rendition now, or its time is up. */
export type EndedBy = 'stop' | 'lost' | 'time';

/** How often a maker gives a sign of life, says how far it is, and learns that it was cancelled. */
const BEAT_MS = 1_000;

/** Goes along with one making: signs of life, progress, and its end where it has to end. */
export class Watch {
  /** Set where it was ended from outside. */
  endedBy: EndedBy | undefined;
  private readonly controller = new AbortController();
  private readonly limit: NodeJS.Timeout;
  private progress: Progress = { fraction: 0 };
  private beating: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private over = false;

  /** @param timeMs its time limit, in milliseconds */
  constructor(
    private readonly database: Database,
    private readonly job: Job,
    readonly timeMs: number,
    private readonly stop: AbortSignal,
  ) {
    this.limit = setTimeout(() => this.end('time'), timeMs);
    stop.addEventListener('abort', this.stopped, { once: true });
    if (stop.aborted) this.stopped();
    this.beatLater();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly onProgress = (progress: Progress): void => {
    this.progress = progress;
  };

  /** No more signs after this. */
  async close(): Promise<void> {
    this.over = true;
    clearTimeout(this.limit);
    clearTimeout(this.timer);
    this.stop.removeEventListener('abort', this.stopped);
    await this.beating;
  }

  private readonly stopped = (): void => this.end('stop');

  private end(by: EndedBy): void {
    this.endedBy ??= by;
    this.controller.abort(new Error(`The making was ended: ${this.endedBy}.`));
  }

  private beatLater(): void {
    if (this.over) return;
    this.timer = setTimeout(() => {
      this.beating = this.beat().finally(() => this.beatLater());
    }, BEAT_MS);
  }

  /** While the database is away the work goes on: nobody else can have taken it either. */
  private async beat(): Promise<void> {
    const mine = await this.database.engine((tx) => beat(tx, this.job, this.progress)).catch(() => true);
    if (!mine && !this.over) this.end('lost');
  }
}
