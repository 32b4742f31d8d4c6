import { type Strategy } from 'passport';
import {
  type AccountContext,
  type Failure,
  type Json,
  type JsonObject,
  type MediaSource,
  type OAuthGrant,
  type PlatformAdapter,
  type PrepareContext,
  type SegmentDraft,
  StillProcessing,
} from '#platforms/core';

/** How passport ended. */
export type Outcome =
  | { kind: 'redirect'; url: string }
  | { kind: 'success'; grant: OAuthGrant }
  | { kind: 'fail'; challenge: unknown }
  | { kind: 'error'; error: unknown };

/** As much of a strategy as is called here. */
interface Pass {
  authenticate(request: object, options: object): void;
}

/** Runs a strategy as passport does, on nothing but a query. */
export function drive(
  strategy: Strategy,
  query: Record<string, string>,
  options: Record<string, unknown> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const driven = Object.assign(Object.create(strategy) as object as Pass, {
      redirect: (url: string) => resolve({ kind: 'redirect', url }),
      success: (grant: OAuthGrant) => resolve({ kind: 'success', grant }),
      fail: (challenge: unknown) => resolve({ kind: 'fail', challenge }),
      error: (error: unknown) => resolve({ kind: 'error', error }),
    });
    driven.authenticate({ query, headers: {} }, options);
  });
}

/** A context for `prepare` that keeps its steps in `steps`. */
export function preparing(
  ctx: AccountContext,
  media: readonly MediaSource[] = [],
  steps = new Map<string, Json>(),
): PrepareContext {
  const step = async <T extends Json>(name: string, fn: () => Promise<T> | T): Promise<T> => {
    const known = steps.get(name);
    if (known !== undefined) return known as T;
    const made = await fn();
    steps.set(name, made);
    return made;
  };
  return { ...ctx, step, media, setId: 'set-1' };
}

/** Prepares as the engine does, until the platform is done; a clock that can be put forward saves the waiting. */
export async function patiently<P>(
  clock: { now: () => Date; pass: (milliseconds: number) => void },
  prepare: () => Promise<P>,
): Promise<P> {
  for (;;) {
    try {
      return await prepare();
    } catch (error) {
      if (!(error instanceof StillProcessing)) throw error;
      clock.pass(Math.max(1_000, error.checkAt.getTime() - clock.now().getTime()));
    }
  }
}

/** A plain post. */
export function draft(change: Partial<SegmentDraft> = {}): SegmentDraft {
  return { kind: 'post', text: 'Fresh bread', media: [], settings: {}, ...change };
}

/** The failure that a call ends in, as people read it. */
export async function failureBy(
  adapter: Pick<PlatformAdapter, 'classify'>,
  call: Promise<unknown> | undefined,
  now = new Date(),
): Promise<Failure> {
  const error: unknown = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new Error('It was expected to fail, and did not.');
  return adapter.classify(error, now);
}

/** Asks a practice network for something that only a rehearsal can ask for. */
export async function order(origin: string, platform: string, what: string, body: Json): Promise<JsonObject> {
  const answer = await fetch(`${origin}/${platform}/_practice/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The order was answered with ${answer.status}.`);
  const said = await answer.text();
  return said === '' ? {} : (JSON.parse(said) as JsonObject);
}
