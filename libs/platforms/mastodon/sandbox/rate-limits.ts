const MINUTE = 60_000;

/** What is throttled beside requests as such. https://docs.joinmastodon.org/api/rate-limits/ */
export type Throttle = 'media' | 'delete' | 'statuses';

interface Limit {
  max: number;
  periodMs: number;
}

const EVERYTHING: Limit = { max: 300, periodMs: 5 * MINUTE };
const LIMITS: Readonly<Record<Throttle, Limit>> = {
  media: { max: 30, periodMs: 30 * MINUTE },
  delete: { max: 30, periodMs: 30 * MINUTE },
  statuses: { max: 300, periodMs: 180 * MINUTE },
};

interface Standing extends Limit {
  used: number;
}

/** Counts requests in fixed windows, as Mastodon does. Forgets when the practice network stops. */
export class RateLimits {
  private readonly windows = new Map<string, { index: number; used: number }>();

  /** Counts one request, and says where the token stands: the headers speak of its scarcest limit. */
  hit(
    token: string,
    throttle: Throttle | undefined,
    now: Date,
  ): { exceeded: boolean; headers: Record<string, string> } {
    const standings = [this.count(`${token}/all`, EVERYTHING, now)];
    if (throttle) standings.push(this.count(`${token}/${throttle}`, LIMITS[throttle], now));
    const scarcest = standings.reduce((a, b) => (b.max - b.used < a.max - a.used ? b : a));
    return { exceeded: scarcest.used > scarcest.max, headers: rateLimitHeaders(scarcest, now) };
  }

  private count(key: string, limit: Limit, now: Date): Standing {
    const index = Math.floor(now.getTime() / limit.periodMs);
    const current = this.windows.get(key);
    const used = (current?.index === index ? current.used : 0) + 1;
    this.windows.set(key, { index, used });
    return { ...limit, used };
  }
}

function rateLimitHeaders({ max, used, periodMs }: Standing, now: Date): Record<string, string> {
  const reset = new Date((Math.floor(now.getTime() / periodMs) + 1) * periodMs);
  return {
    'x-ratelimit-limit': String(max),
    'x-ratelimit-remaining': String(Math.max(0, max - used)),
    'x-ratelimit-reset': reset.toISOString(),
  };
}
