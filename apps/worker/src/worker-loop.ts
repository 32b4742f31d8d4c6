import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { InjectQueue } from '@nestjs/bullmq';
import { type Queue, type QueueBase } from 'bullmq';
import { CONFIG, type Config, QUEUES } from '#kernel';
import { Dispatcher, PublicationRunner } from '#publishing';
import { OutboxJobHandler } from './outbox.handler.js';
import { PublishHandler } from './publish.handler.js';

const RELAY_EVERY_MS = 500;

/** Starts what a worker does by itself, and stops it in the right order: no new invitation, no new fence, then wait. */
@Injectable()
export class WorkerLoop implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkerLoop.name);
  private timer: NodeJS.Timeout | undefined;
  private relaying: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dispatcher: Dispatcher,
    private readonly runner: PublicationRunner,
    private readonly outbox: OutboxJobHandler,
    private readonly publish: PublishHandler,
    @InjectQueue(QUEUES.publish) private readonly publishing: Queue,
    @InjectQueue(QUEUES.background) private readonly background: Queue,
  ) {}

  /**
   * BullMQ keeps the failure of its first connection for ever: a worker that met one would say that it is at work, and do
   * nothing. A start that meets one has to fail and be repeated.
   */
  async onModuleInit(): Promise<void> {
    const queues: QueueBase[] = [this.publishing, this.background, this.publish.worker, this.outbox.worker];
    for (const queue of queues) {
      queue.on('error', (error: Error) =>
        this.logger.warn({ err: error }, 'The queue had a fault; it is tried again.'),
      );
    }
    await Promise.all(queues.map((queue) => queue.waitUntilReady()));
  }

  onApplicationBootstrap(): void {
    this.publish.worker.concurrency = this.config.publish.concurrency;
    for (const { worker } of [this.publish, this.outbox]) {
      worker.on('failed', (job, error) => this.logger.error({ err: error, job: job?.id }, 'A job failed.'));
    }
    this.dispatcher.start();
    this.relayLater();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.dispatcher.stop();
    await this.runner.stop();
    await this.relaying;
  }

  private relayLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.relaying = this.relay().finally(() => this.relayLater());
    }, RELAY_EVERY_MS);
  }

  private async relay(): Promise<void> {
    try {
      while ((await this.outbox.relay()) > 0 && !this.stopped);
    } catch (error) {
      this.logger.warn({ err: error }, 'The outbox could not be relayed; it is tried again.');
    }
  }
}
