import { Logger } from '@nestjs/common';

/** Work that a worker does again and again by itself, the first time soon after its start. */
export class Repeating {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ended = false;

  /**
   * @param name what the log calls it
   * @param everyMs milliseconds between the end of one round and the next
   * @param work one round; what it throws is logged, and the next round comes as if nothing had been
   */
  constructor(
    name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
  ) {
    this.logger = new Logger(name);
  }

  /** Whether no more work should be begun. */
  get stopped(): boolean {
    return this.ended;
  }

  /** @param firstMs milliseconds until the first round */
  start(firstMs: number): void {
    if (this.ended) return;
    this.timer = setTimeout(() => {
      this.running = this.round().finally(() => this.start(this.everyMs));
    }, firstMs);
    this.timer.unref();
  }

  /** Begins no further round, and waits for the one under way. */
  async stop(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.warn({ err: error }, 'A round did not succeed; it is tried again in the next.');
    }
  }
}
