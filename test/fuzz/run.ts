import fc from 'fast-check';
import { type Description } from './description.js';
import { faultsOf, type Sent } from './judge.js';
import { type FuzzBody, type FuzzRequest, requests } from './requests.js';
import { fillIn, type Whose } from './values.js';
import { type Answer, HANGS_AFTER_MS, picture, send, type World } from './world.js';

/** What a run came to. */
export interface Ran {
  requests: number;
  /** How many answers had this status; 0 = none came. */
  statuses: Map<number, number>;
  /** Operations that were carried out at least once. */
  succeeded: Set<string>;
  /** What went wrong, each with the request that shows it. */
  findings: string[];
  slowestMs: number;
}

/**
 * Sends so many requests to a world, one after the other, and judges each answer. The same seed makes the same requests.
 * @param into what an earlier world's run came to
 */
export async function fuzz(
  world: World,
  description: Description,
  { seed, count }: { seed: number; count: number },
  into: Ran = { requests: 0, statuses: new Map(), succeeded: new Set(), findings: [], slowestMs: 0 },
): Promise<Ran> {
  const image = new Uint8Array(await picture());
  for (const request of fc.sample(requests(description), { seed, numRuns: count })) {
    const sent = prepare(world, request);
    const answer = await attempt(world, sent, image);
    into.requests += 1;
    into.slowestMs = Math.max(into.slowestMs, answer.took);
    into.statuses.set(answer.status, (into.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 200 && answer.status < 300) into.succeeded.add(request.operation.id);
    const faults = answer.status === 0 ? [answer.text] : faultsOf(world, sent, answer);
    if (faults.length > 0) into.findings.push(told(sent, answer, faults));
  }
  return into;
}

function prepare(world: World, request: FuzzRequest): Sent {
  const find = (whose: Whose, of: string, index: number) => idOf(world, request, whose, of, index);
  const address = request.operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(fillIn(request.places[name] ?? '', find)).replace(/^\.+$/, '%2E%2E'),
  );
  const query = request.query.map(([name, value]): [string, string] => [name, fillIn(value, find)]);
  const path = query.length === 0 ? address : `${address}?${new URLSearchParams(query).toString()}`;
  return { request, path, body: request.body.kind === 'text' ? fillIn(request.body.text, find) : '' };
}

/** An id of the kind that a field's name speaks of, of the caller's organization or of the other one. */
function idOf({ own, foreign }: World, { caller }: FuzzRequest, whose: Whose, of: string, index: number): string {
  const [mine, theirs] = caller === 'stranger' ? [foreign, own] : [own, foreign];
  const { ids } = whose === 'own' ? mine : theirs;
  const stem = of.replace(/(Ids?|s)$/, '').toLowerCase();
  const fitting = [...ids].filter(([subject]) =>
    (subject.split('/').at(-2) ?? '').replaceAll('-', '_').startsWith(stem),
  );
  const pool = (fitting.length > 0 && stem !== '' ? fitting : [...ids]).flatMap(([, list]) => list);
  return pool[index % pool.length] ?? '';
}

async function attempt(world: World, { request, path, body }: Sent, image: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const began = performance.now();
  const who = world.callers.get(request.caller)?.[request.via] ?? {};
  const type = request.body.kind === 'text' ? { 'content-type': request.body.type } : {};
  try {
    return await send(world.url, request.operation.method, path, {
      headers: { ...request.headers, ...type, ...who },
      ...bodyOf(request.body, body, image),
    });
  } catch (error) {
    const took = performance.now() - began;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    const why = took >= HANGS_AFTER_MS ? 'No answer came in time.' : `The connection broke: ${cause}`;
    return { status: 0, headers: new Headers(), text: why, took };
  }
}

function bodyOf(body: FuzzBody, text: string, image: Uint8Array<ArrayBuffer>): RequestInit {
  switch (body.kind) {
    case 'none':
      return {};
    case 'text':
      return { body: text };
    case 'form': {
      const form = new FormData();
      form.set('altText', body.altText);
      if (body.file === 'picture') form.set('file', new Blob([image], { type: 'image/png' }), 'picture.png');
      if (body.file === 'text') form.set('file', new Blob(['no picture'], { type: 'image/png' }), '../picture.png');
      return { body: form };
    }
  }
}

function told({ request, path, body }: Sent, { status, text }: Answer, faults: readonly string[]): string {
  const head = `${faults.join(' ')} ${request.caller} (${request.via}): ${request.operation.method} ${path}`;
  const more = { headers: request.headers, body: body.slice(0, 1_000) };
  return `${head}\n  ${JSON.stringify(more)}\n  -> ${status} ${text.slice(0, 500)}`;
}
