import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ZoneSweep } from '#planning';
import { Repeating } from './repeating.js';

const EVERY_MS = 24 * 3_600_000;
/** New rules come with a new version of Node.js, hence with a start. */
const FIRST_MS = 2_000;

/** Lets scheduled publications follow their local time when the rules of a time zone have changed, at start and daily. */
@Injectable()
export class FollowTimeZones implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(sweep: ZoneSweep) {
    this.rounds = new Repeating(FollowTimeZones.name, EVERY_MS, () => sweep.sweep(() => this.rounds.stopped));
  }

  onApplicationBootstrap(): void {
    this.rounds.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }
}
