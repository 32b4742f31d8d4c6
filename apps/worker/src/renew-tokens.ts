import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TokenRenewal } from '#channels';
import { Repeating } from './repeating.js';

const EVERY_MS = 60_000;
const FIRST_MS = 1_000;

/** Renews tokens ahead of their expiry, every minute. What was due while no worker ran comes first. */
@Injectable()
export class RenewTokens implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(renewal: TokenRenewal) {
    this.rounds = new Repeating(RenewTokens.name, EVERY_MS, () => renewal.renew(() => this.rounds.stopped));
  }

  onApplicationBootstrap(): void {
    this.rounds.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }
}
