import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AlertWatch, Notifier } from '#notifications';
import { Repeating } from './repeating.js';

const EVERY_MS = 2_000;
const FIRST_MS = 1_000;

/** Compares what needs a person with what was told, and tells what is new. */
@Injectable()
export class Notify implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(watch: AlertWatch, notifier: Notifier) {
    this.rounds = new Repeating(Notify.name, EVERY_MS, async () => {
      await watch.look();
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
