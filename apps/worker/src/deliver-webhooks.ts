import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { WebhookDelivery } from '#notifications';
import { Repeating } from './repeating.js';

const EVERY_MS = 1_000;
const FIRST_MS = 500;

/** Puts what happened on its way to webhooks, and sends it. A slow receiver never keeps what happens from being collected. */
@Injectable()
export class DeliverWebhooks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly collecting: Repeating;
  private readonly delivering: Repeating;

  constructor(delivery: WebhookDelivery) {
    this.collecting = new Repeating('CollectForWebhooks', EVERY_MS, () =>
      delivery.collect(() => this.collecting.stopped),
    );
    this.delivering = new Repeating(DeliverWebhooks.name, EVERY_MS, () =>
      delivery.deliver(() => this.delivering.stopped),
    );
  }

  onApplicationBootstrap(): void {
    this.collecting.start(FIRST_MS);
    this.delivering.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.collecting.stop(), this.delivering.stop()]);
  }
}
