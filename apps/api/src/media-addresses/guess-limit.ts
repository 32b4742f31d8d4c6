import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '#kernel';

const WRONG_PER_MINUTE = 60;

/**
 * Keeps one client from trying addresses without end. Nobody can find one by guessing; this keeps the noise down. Right
 * addresses are never refused: networks fetch from few machines, which anybody may send to wrong addresses.
 */
@Injectable()
export class GuessLimit {
  private readonly wrong = new RateLimiterMemory({ points: WRONG_PER_MINUTE, duration: 60 });

  /** Counts a wrong address. @throws Problem 429 after too many */
  async count(ip: string | undefined): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.wrong.penalty(ip ?? '', 1);
    if (consumedPoints <= WRONG_PER_MINUTE) return;
    throw Problem.tooManyRequests(msBeforeNext / 1000, 'Too many addresses were wrong. Try again in a minute.');
  }
}
