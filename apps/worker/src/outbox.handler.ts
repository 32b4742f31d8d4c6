import { InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Job, type Queue } from 'bullmq';
import {
  complete,
  Database,
  leaseMessages,
  type OutboxHandler,
  type OutboxJob,
  postpone,
  QUEUES,
  takeMessage,
} from '#kernel';
import { isOfOneOrganization } from './same-organization.js';

/** Injection token of all outbox handlers. */
export const OUTBOX_HANDLERS = Symbol('outbox handlers');

const BATCH = 100;

/** Takes messages out of the outbox, through the queue, to their handlers. Start-up fails when two handle one topic. */
@Injectable()
@Processor(QUEUES.background, { concurrency: 5 })
export class OutboxJobHandler extends WorkerHost {
  private readonly logger = new Logger(OutboxJobHandler.name);
  private readonly byTopic = new Map<string, OutboxHandler>();

  constructor(
    private readonly database: Database,
    @InjectQueue(QUEUES.background) private readonly queue: Queue<OutboxJob>,
    @Inject(OUTBOX_HANDLERS) handlers: readonly OutboxHandler[],
  ) {
    super();
    for (const handler of handlers) {
      if (this.byTopic.has(handler.topic)) throw new Error(`Two handlers for the topic "${handler.topic}".`);
      this.byTopic.set(handler.topic, handler);
    }
  }

  /** Enqueues what nobody works on. Returns how many. */
  async relay(): Promise<number> {
    const messages = await leaseMessages(this.database, BATCH);
    if (messages.length > 0) {
      await this.queue.addBulk(
        messages.map(({ id, lease, topic }) => ({ name: topic, data: { messageId: id, lease } })),
      );
    }
    return messages.length;
  }

  /** Ends the message when it is handled: until then it is relayed again, however this process comes to its end. */
  override async process(job: Job<OutboxJob>): Promise<void> {
    const message = await takeMessage(this.database, job.data);
    if (!message) return;
    try {
      const handler = this.byTopic.get(message.topic);
      if (!handler) throw new Error(`Nobody handles the topic "${message.topic}".`);
      if (await isOfOneOrganization(this.database, message)) await handler.handle(message);
      else this.logger.error({ topic: message.topic, messageId: message.id }, 'A message named another organization.');
      await complete(this.database, message);
    } catch (error) {
      this.logger.warn(
        { err: error, topic: message.topic, messageId: message.id },
        'An outbox message failed; it is tried again.',
      );
      await postpone(this.database, message);
    }
  }
}
