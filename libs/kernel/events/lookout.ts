import { Logger } from '@nestjs/common';

/** Somebody who listens; `joined` since the first look that counted for them. */
export interface Joining {
  joined: boolean;
}

/**
 * Looks again and again while somebody listens, and not at all while nobody does: once for all who listen in this process, at
 * once when somebody comes. It asks, since `LISTEN` would need a session of its own, which a transaction pooler does not give.
 */
export class Lookout<Listener extends Joining> {
  private readonly logger: Logger;
  private readonly all = new Set<Listener>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private failing = false;

  /**
   * @param name what the log calls it: "Live events"
   * @param everyMs milliseconds between two looks
   * @param look reads what there is and tells it, and marks those as joined whom it counted for; when it fails, it is done again
   */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly look: () => Promise<void>,
  ) {
    this.logger = new Logger(name);
  }

  /** Those who listen at this moment. */
  get listeners(): readonly Listener[] {
    return [...this.all];
  }

  has(listener: Listener): boolean {
    return this.all.has(listener);
  }

  /** @returns what ends it */
  add(listener: Listener): () => void {
    this.all.add(listener);
    this.lookIn(0);
    return () => {
      this.all.delete(listener);
      if (this.all.size === 0) clearTimeout(this.timer);
    };
  }

  private lookIn(ms: number): void {
    if (this.looking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.round(), ms);
  }

  private async round(): Promise<void> {
    this.looking = true;
    try {
      await this.look();
      this.failing = false;
    } catch (error) {
      // Once, and not every second for as long as the database is away.
      if (!this.failing) this.logger.warn({ err: error }, `${this.name} wait for the database, which is asked again.`);
      this.failing = true;
    }
    this.looking = false;
    if (this.all.size === 0) return;
    const newcomers = this.listeners.some(({ joined }) => !joined);
    this.lookIn(newcomers && !this.failing ? 0 : this.everyMs);
  }
}
