import { setTimeout as pause } from 'node:timers/promises';
import {
  type AccountContext,
  PlatformFailure,
  type PrepareContext,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { profileOf, threads } from './api.js';
import { isMissing } from './classify.js';
import { containerFailure, neverReady } from './failures.js';

/** A container as it was made; `madeAt` is ClickPost's instant (ISO 8601). */
export type MadeContainer = { id: string; madeAt: string };

/** What a container's `status` may say, and `error_message` with it. */
export interface ContainerState {
  status: 'EXPIRED' | 'ERROR' | 'FINISHED' | 'IN_PROGRESS' | 'PUBLISHED';
  error: string;
}

/** One short look more before somebody else's post gets its turn. */
const INLINE_PAUSE_MS = 200;
/**
 * When to look again, by how long it has taken. Meta recommends half a minute before publishing and a look a minute; a look
 * costs little, so the first come earlier.
 */
const LOOK_AGAIN: readonly { untilMs: number; afterMs: number }[] = [
  { untilMs: 10_000, afterMs: 3_000 },
  { untilMs: 60_000, afterMs: 10_000 },
];
const LOOK_AGAIN_LATE_MS = 60_000;
/** After this it is given up. A container lives for a day, and nothing that takes an hour came to an end. */
const PATIENCE_MS = 3_600_000;
/** So long a container that was just made may not be found. https://github.com/fbsamples/threads_api/issues/70 */
const UNSEEN_MS = 300_000;

const READ = 'read the container';

/**
 * The id of a container that can be published. Each is made in a step of its own, before it is waited for. One that became
 * nothing is told about once, and the next call makes another: a retry by hand is a real one.
 */
export async function ready(
  ctx: PrepareContext,
  { name, hasMedia }: { name: string; hasMedia: boolean },
  make: () => Promise<MadeContainer>,
): Promise<string> {
  let expired = 0;
  for (let generation = 1; ; generation += 1) {
    const made = await ctx.step(`${name}:${generation}`, make);
    const end = await endOf(ctx, made, hasMedia);
    if (end === undefined) return made.id;
    // A container that nobody published within a day is no failure: the next one takes its place.
    if (end === 'EXPIRED') expired += 1;
    else if (!(await isFirstTold(ctx, `${name}:${generation}:ended`, end))) continue;
    if (end === 'EXPIRED' && expired < MOST_EXPIRED) continue;
    throw new PlatformFailure(end === NEVER ? neverReady(hasMedia) : containerFailure(end, hasMedia));
  }
}

/** More than one in a row means that Threads keeps none at all. */
const MOST_EXPIRED = 3;
const NEVER = 'NEVER_READY';

/** Why it will never be published, or undefined where it is ready. Throws `StillProcessing` while neither is known. */
async function endOf(ctx: PrepareContext, made: MadeContainer, hasMedia: boolean): Promise<string | undefined> {
  for (let look = 1; ; look += 1) {
    const { status, error } = await lookAt(ctx, made);
    switch (status) {
      case 'FINISHED':
      case 'PUBLISHED':
        return undefined;
      case 'EXPIRED':
        return status;
      case 'ERROR':
        return error;
      case 'IN_PROGRESS':
        break;
    }
    const age = ctx.now().getTime() - Date.parse(made.madeAt);
    if (age >= PATIENCE_MS) return NEVER;
    if (look > 1) throw new StillProcessing(waiting(hasMedia), new Date(ctx.now().getTime() + lookAgainAfter(age)));
    await pause(INLINE_PAUSE_MS);
  }
}

async function isFirstTold(ctx: PrepareContext, step: string, why: string): Promise<boolean> {
  let first = false;
  await ctx.step(step, () => {
    first = true;
    return why;
  });
  return first;
}

/** As `readContainer`; one that Threads does not see yet is being processed, one that it does not see any more has expired. */
async function lookAt(ctx: PrepareContext, { id, madeAt }: MadeContainer): Promise<ContainerState> {
  try {
    return await readContainer(ctx, id);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const age = ctx.now().getTime() - Date.parse(madeAt);
    return { status: age < UNSEEN_MS ? 'IN_PROGRESS' : 'EXPIRED', error: '' };
  }
}

const STATES = ['EXPIRED', 'ERROR', 'FINISHED', 'IN_PROGRESS', 'PUBLISHED'] as const;

/** What Threads says of a container. https://developers.facebook.com/documentation/threads/troubleshooting */
export async function readContainer(ctx: AccountContext, id: string): Promise<ContainerState> {
  const { token } = profileOf(ctx);
  const query = { fields: 'status,error_message' };
  const body = await threads.call(ctx, { operation: READ, method: 'GET', path: id, token, query });
  const said = stringField(body, 'status', READ);
  const status = STATES.find((known) => known === said);
  // A state that is on no page is none in which it can be published.
  const error = typeof body.error_message === 'string' ? body.error_message : 'UNKNOWN';
  return { status: status ?? 'IN_PROGRESS', error };
}

function lookAgainAfter(ageMs: number): number {
  return LOOK_AGAIN.find(({ untilMs }) => ageMs < untilMs)?.afterMs ?? LOOK_AGAIN_LATE_MS;
}

function waiting(hasMedia: boolean): string {
  return hasMedia ? 'Threads is processing the files of the post.' : 'Threads is processing the post.';
}
