/** How far a piece of work is. */
export interface Progress {
  /** 0 to 1. */
  fraction: number;
  /** Milliseconds, as things went so far. Left out at the start. */
  remainingMs?: number;
}

export type ProgressListener = (progress: Progress) => void;

/** Before that, what remains cannot be told from the start of the program. */
const TOLD_FROM = 0.02;

/** Turns what ffmpeg says with `-progress` into shares of the whole, over one pass or several. */
export class ProgressMeter {
  private pass = 0;
  private last = 0;
  private readonly began = performance.now();

  constructor(
    private readonly durationMs: number,
    private passes: number,
    private readonly listener: ProgressListener | undefined,
  ) {}

  /** A line of ffmpeg's: `out_time_ms=1500000`, which are microseconds whatever its name says. */
  line(line: string): void {
    const [, microseconds] = /^out_time_(?:ms|us)=(\d+)/.exec(line) ?? [];
    if (microseconds !== undefined) this.tell(Number(microseconds) / 1000 / Math.max(1, this.durationMs));
  }

  /** A pass is over. */
  next(): void {
    this.pass += 1;
    this.tell(0);
  }

  /** It turned out that there is more to do. What was told is never taken back. */
  more(passes: number): void {
    this.passes += passes;
  }

  private tell(share: number): void {
    const fraction = Math.min(1, (this.pass + Math.min(1, share)) / this.passes);
    if (fraction <= this.last) return;
    this.last = fraction;
    const spent = performance.now() - this.began;
    const remainingMs = fraction < TOLD_FROM ? undefined : Math.round((spent * (1 - fraction)) / fraction);
    this.listener?.({ fraction, ...(remainingMs !== undefined && { remainingMs }) });
  }
}
