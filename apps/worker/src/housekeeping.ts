import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { forgetOldNews, removeAbandonedFlows } from '#channels';
import { Database, forgetOldAnswers, forgetOldEvents, forgetOldMail } from '#kernel';
import { forgetDeletedMedia, RenditionTidying } from '#media';
import { forgetOldAlerts, forgetOldNotices, forgetOldDeliveries } from '#notifications';

const EVERY_MS = 3_600_000;

/** Removes, hourly, what nobody needs any more. Any number of workers may do it: each row goes once. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly renditions: RenditionTidying,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.tidy();
    }, EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One round. What fails is tried again in the next. */
  async tidy(): Promise<void> {
    try {
      await forgetOldAnswers(this.database);
      await removeAbandonedFlows(this.database);
      await forgetOldNews(this.database);
      await forgetOldMail(this.database);
      await forgetOldEvents(this.database);
      await forgetOldAlerts(this.database);
      await forgetOldNotices(this.database);
      await forgetOldDeliveries(this.database);
      await forgetDeletedMedia(this.database);
      await this.renditions.tidy();
    } catch (error) {
      this.logger.warn({ err: error }, 'Housekeeping did not succeed; it is tried again in an hour.');
    }
  }
}
