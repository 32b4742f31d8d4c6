/**
 * Pauses between tries, in seconds, as the specification suggests:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
 */
export const PAUSES_SECONDS: readonly number[] = [
  ...[5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600],
  ...[14 * 3_600, 20 * 3_600, 24 * 3_600],
];

/** Up to so much of a pause is added by chance, so that what failed together does not come back together. */
const JITTER = 0.1;
/** Longer than that nobody may ask us to wait. */
const RETRY_AFTER_MAX_SECONDS = 24 * 3_600;

/** Nothing was taken for so long: then a webhook is disabled. */
export const DISABLE_AFTER_DAYS = 5;

/** How one try ended. */
export interface TryResult {
  /** Null where no answer came. */
  status: number | null;
  /** What the receiver asked for, in seconds. */
  retryAfterSeconds: number | undefined;
}

/** What follows from it. `asked` = for so many seconds the receiver wants to be left alone altogether; 0 = it did not say. */
export type Verdict =
  { state: 'delivered' } | { state: 'failed'; gone: boolean } | { state: 'waiting'; seconds: number; asked: number };

/**
 * What follows from a try.
 * @param tries with this one, since the delivery was begun or repeated
 * @param chance from 0 to 1
 */
export function verdictOf({ status, retryAfterSeconds }: TryResult, tries: number, chance: number): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === 410) return { state: 'failed', gone: true };
  const pause = PAUSES_SECONDS[tries - 1];
  if (pause === undefined) return { state: 'failed', gone: false };
  const busy = status === 429 || status === 503;
  const asked = busy ? Math.min(retryAfterSeconds ?? 0, RETRY_AFTER_MAX_SECONDS) : 0;
  return { state: 'waiting', seconds: Math.max(pause * (1 + JITTER * chance), asked), asked };
}

/** The seconds of a `Retry-After`, which is a number or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
export function retryAfterOf(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = /^[A-Z][a-z]{2},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
}
