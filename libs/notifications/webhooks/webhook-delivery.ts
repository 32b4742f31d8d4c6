import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { CLOCK, type Clock, CONFIG, type Config, Database, followEvents, MailQueue, rows, Vault } from '#kernel';
import { fanOut } from './fan-out.js';
import { type LeasedDelivery, leaseDue } from './lease.js';
import { followPublications } from './publication-events.js';
import { recordTry } from './record.js';
import { purposeOf } from './sealed.js';
import { sendOnce, type Try } from './sender.js';

/** Under way at the same time in this process. */
const CONCURRENCY = 16;
/** While something is under way, what has become due is looked for so often, in milliseconds. */
const LOOK_MS = 250;
/** What was sent longer ago is forgotten, in days. */
const KEEP_DAYS = 30;

/**
 * Puts what happened on its way to webhooks and sends it. Any number of workers may do it: events are read by one at a time,
 * deliveries are leased. A worker that dies between the receiver's yes and its own record leaves a delivery that is sent once
 * more, under the same id; none is lost.
 */
@Injectable()
export class WebhookDelivery {
  private readonly logger = new Logger(WebhookDelivery.name);

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly mails: MailQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Reads on in what happened, until there is nothing new. @param stopped whether to begin no further round */
  async collect(stopped: () => boolean = () => false): Promise<void> {
    const { publicUrl } = this.config;
    const sources = [
      () => followEvents(this.database, 'webhooks', (tx, events) => fanOut(tx, events, publicUrl)),
      () => followPublications(this.database, (tx, events) => fanOut(tx, events, publicUrl)),
    ];
    for (const read of sources) {
      let found = 1;
      while (found > 0 && !stopped()) found = await read();
    }
  }

  /** Sends what is due, until nothing is under way any more. @param stopped whether to begin with nothing further */
  async deliver(stopped: () => boolean = () => false): Promise<void> {
    const underWay = new Set<Promise<void>>();
    for (;;) {
      // Looked at before what is due: a try that ends while that is read may be what another one waited for.
      const idle = underWay.size === 0;
      const free = stopped() ? 0 : CONCURRENCY - underWay.size;
      const leased = free > 0 ? await this.database.engine((tx) => leaseDue(tx, free)) : [];
      for (const delivery of leased) {
        const trying: Promise<void> = this.tryOne(delivery).finally(() => underWay.delete(trying));
        underWay.add(trying);
      }
      if (idle && leased.length === 0) return;
      if (underWay.size > 0) await somethingEnds(underWay);
    }
  }

  /** Tries a delivery that was leased, and writes down what came of it. */
  async attempt(delivery: LeasedDelivery): Promise<void> {
    await this.record(delivery, await this.send(delivery));
  }

  /** The request alone. */
  async send(delivery: LeasedDelivery): Promise<Try> {
    const { url, messageId, payload, secret, formerSecret, now: at } = delivery;
    const secrets = await Promise.all([
      this.open(delivery, secret),
      ...(formerSecret === null ? [] : [this.open(delivery, formerSecret)]),
    ]);
    return sendOnce({ url, messageId, payload, secrets, at }, this.config, this.clock);
  }

  /** What came of it. */
  private record(delivery: LeasedDelivery, made: Try): Promise<void> {
    const { database, mails } = this;
    return recordTry({ database, mails, publicUrl: this.config.publicUrl }, delivery, made);
  }

  /** One that cannot even be tried must not keep the others from it: it is tried again when its lease has ended. */
  private async tryOne(delivery: LeasedDelivery): Promise<void> {
    try {
      await this.attempt(delivery);
    } catch (error) {
      const { id: deliveryId, webhookId } = delivery;
      this.logger.error({ err: error, deliveryId, webhookId }, 'Sending to a webhook met something unexpected.');
    }
  }

  private async open({ webhookId }: LeasedDelivery, sealed: string): Promise<string> {
    return (await this.vault.decrypt<{ secret: string }>(sealed, purposeOf(webhookId))).secret;
  }
}

async function somethingEnds(underWay: ReadonlySet<Promise<void>>): Promise<void> {
  const ending = new AbortController();
  await Promise.race([...underWay, wait(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined)]);
  ending.abort();
}

/** Forgets what was sent long ago, delivered or not. Returns how many messages. */
export async function forgetOldDeliveries(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(tx, 'delete from webhook_messages where created_at < now() - make_interval(days => $1) returning id', [
      KEEP_DAYS,
    ]),
  );
  return forgotten.length;
}
