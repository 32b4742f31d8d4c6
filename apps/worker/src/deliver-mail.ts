import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config, MailDelivery } from '#kernel';
import { Repeating } from './repeating.js';

const EVERY_MS = 1_000;
const FIRST_MS = 500;

/** Sends the mail that waits. */
@Injectable()
export class DeliverMail implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliverMail.name);
  private readonly rounds: Repeating;

  constructor(
    private readonly delivery: MailDelivery,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.rounds = new Repeating(DeliverMail.name, EVERY_MS, () => delivery.deliver(() => this.rounds.stopped));
  }

  onApplicationBootstrap(): void {
    if (this.config.production && !this.config.mail) {
      this.logger.warn('Mail is not sent: SMTP_URL is missing. What waits is given up after three days.');
    }
    this.rounds.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    this.delivery.close();
  }
}
