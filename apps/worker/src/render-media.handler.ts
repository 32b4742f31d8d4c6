import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { CONFIG, type Config } from '#kernel';
import { RenderJobs } from '#media';
import { Repeating } from './repeating.js';

const LOOK_EVERY_MS = 1_000;
const RECOVER_EVERY_MS = 5_000;

/** Makes the renditions that wait, as many at the same time as the configuration allows. A stop gives back what is under way. */
@Injectable()
export class RenderMediaHandler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RenderMediaHandler.name);
  private readonly stopping = new AbortController();
  private readonly recovering: Repeating;
  private lanes: Promise<void>[] = [];
  private lookedAt = -Infinity;

  constructor(
    private readonly jobs: RenderJobs,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.recovering = new Repeating(RenderMediaHandler.name, RECOVER_EVERY_MS, () => this.recover());
  }

  onApplicationBootstrap(): void {
    this.lanes = Array.from({ length: this.config.mediaConcurrency }, () => this.lane());
    this.recovering.start(RECOVER_EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.recovering.stop(), ...this.lanes]);
  }

  private async lane(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const worked = await this.jobs.workOne(signal).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'The line of renditions could not be read; it is tried again.');
        return false;
      });
      if (!worked) await wait(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Not right after the database was away: makers that live need a moment to say so. */
  private async recover(): Promise<void> {
    const now = performance.now();
    const afterAPause = now - this.lookedAt > RECOVER_EVERY_MS * 2;
    this.lookedAt = -Infinity;
    if (afterAPause) await this.jobs.reachable();
    else await this.jobs.recover();
    this.lookedAt = now;
  }
}
