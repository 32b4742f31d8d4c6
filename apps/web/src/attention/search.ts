/** How far back due times are looked at, and what that is called. */
export const PERIODS = {
  day: 'Due in the last 24 hours',
  week: 'Due in the last 7 days',
  month: 'Due in the last 30 days',
};
export type Period = keyof typeof PERIODS;

/** What the screen shows; kept in the address. */
export interface AttentionSearch {
  /** What was typed or pasted: words of the text, an id, a request id, a code. */
  find?: string;
  /** Only this cause: `failed:auth`. */
  cause?: string;
  /** Only this workspace. */
  workspace?: string;
  /** Only this channel. */
  channel?: string;
  /** Only this network: `bluesky`. */
  network?: string;
  /** Only what was due then. */
  due?: Period;
}

const TEXTS = ['find', 'cause', 'workspace', 'channel', 'network'] as const;

/** Reads the address. */
export function readAttentionSearch(search: Record<string, unknown>): AttentionSearch {
  const read: AttentionSearch = {};
  for (const name of TEXTS) {
    const value = search[name];
    // The router reads digits in an address as a number.
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text.trim() !== '') read[name] = text;
  }
  const { due } = search;
  if (typeof due === 'string' && Object.hasOwn(PERIODS, due)) read.due = due as Period;
  return read;
}

/** The same with one thing changed; undefined takes it away. A channel belongs to its workspace and goes with it. */
export function changed<K extends keyof AttentionSearch>(
  search: AttentionSearch,
  name: K,
  value: AttentionSearch[K] | undefined,
): AttentionSearch {
  const next = { ...search };
  delete next[name];
  if (name === 'workspace') delete next.channel;
  return value === undefined ? next : { ...next, [name]: value };
}

const PERIOD_MS: Record<Period, number> = { day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 };

/** The hours by which periods move on: a list is not another one with every second. */
const STEP_MS = 3_600_000;

/** From when on, as an ISO instant. @param now in milliseconds */
export function periodStart(period: Period, now: number): string {
  return new Date(Math.floor((now - PERIOD_MS[period]) / STEP_MS) * STEP_MS).toISOString();
}
