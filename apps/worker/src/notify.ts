import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AlertWatch, NoticeWatch, Notifier } from '#notifications';
import { Repeating } from './repeating.js';

const EVERY_MS = 2_000;
const FIRST_MS = 1_000;

/** Compares what needs a person with what was told, and tells what is new: of failures, approvals and comments. */
@Injectable()
export class Notify implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(watch: AlertWatch, notices: NoticeWatch, notifier: Notifier) {
    this.rounds = new Repeating(Notify.name, EVERY_MS, async () => {
      await watch.look();
      await notices.look(() => this.rounds.stopped);
      await notifier.tell(() => this.rounds.stopped);
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }
}
