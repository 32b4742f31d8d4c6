import { type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { GraphRefusal } from './answers.js';

/** What was asked for in the window that began then, and how much may be. */
type Counted = { since: number; calls: number; allowed: number };

/** Meta counts over an hour and over a day; a rehearsal counts over a minute. */
const WINDOW_MS = 60_000;
/** So many that nobody reaches it who does not mean to: `allow` makes it few. */
const ALLOWED = 1_000_000;

/** Who asks, as limits go. */
export interface UsageOf {
  /** The Page or account whose business limit counts; left out = the app's own limit. */
  account?: string;
  /** `pages`, `instagram`: what the limit is called. */
  useCase: string;
  /** The code of the refusal when nothing more may be asked for this account: 80001, 80002. */
  code: number;
}

/** How much was asked, as the headers tell it: https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
export class PracticeUsage {
  private readonly counted: SandboxCollection<Counted>;

  constructor(
    private readonly world: SandboxWorld,
    prefix = '',
  ) {
    this.counted = world.collection<Counted>(`${prefix}usage`);
  }

  /** For a rehearsal: how many calls a minute this account, or `app`, may make. */
  allow(key: string, allowed: number): void {
    this.counted.set(key, { since: this.now(), calls: 0, allowed });
  }

  /** Counts a call. @throws GraphRefusal where all was used up */
  count({ account, useCase, code }: UsageOf): Record<string, string> {
    const counted = this.add(account ?? 'app');
    const percent = Math.min(100, Math.floor((100 * counted.calls) / counted.allowed));
    const shares = { call_count: percent, total_cputime: 0, total_time: 0 };
    const minutes = Math.ceil((counted.since + WINDOW_MS - this.now()) / 60_000);
    if (counted.calls > counted.allowed) throw refusal(account === undefined ? 4 : code, minutes);
    if (account === undefined) return { 'x-app-usage': JSON.stringify(shares) };
    const usage = { type: useCase, ...shares, estimated_time_to_regain_access: 0 };
    return { 'x-business-use-case-usage': JSON.stringify({ [account]: [usage] }) };
  }

  private add(key: string): Counted {
    const known = this.counted.get(key);
    const fresh = !known || this.now() >= known.since + WINDOW_MS;
    const counted = {
      since: fresh ? this.now() : known.since,
      calls: (fresh ? 0 : known.calls) + 1,
      allowed: known?.allowed ?? ALLOWED,
    };
    this.counted.set(key, counted);
    return counted;
  }

  private now(): number {
    return this.world.now().getTime();
  }
}

const REASONS: Readonly<Record<number, string>> = {
  4: '(#4) Application request limit reached',
  80001:
    '(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
  80002:
    '(#80002) There have been too many calls to this Instagram account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
};

function refusal(code: number, minutes: number): GraphRefusal {
  const message = REASONS[code] ?? `(#${code}) There have been too many calls.`;
  return new GraphRefusal({ code, message, transient: true }, 400, minutes);
}
