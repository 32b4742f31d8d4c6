import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '#kernel';

const WRONG_PER_MINUTE = 60;

/**
 * Keeps one address from trying signatures and codes without end. Right ones are never refused: a platform sends all of its
 * news from few machines.
 */
export class WrongLimit {
  private readonly wrong = new RateLimiterMemory({ points: WRONG_PER_MINUTE, duration: 60 });

  /** Counts a wrong one. @throws Problem 429 after too many */
  async count(ip: string | undefined): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.wrong.penalty(ip ?? '', 1);
    if (consumedPoints <= WRONG_PER_MINUTE) return;
    throw Problem.tooManyRequests(msBeforeNext / 1000, 'Too much was wrong. Try again in a minute.');
  }
}
