import { type PlatformManifest } from '#platforms/core';
import { MiniRunner, type PracticeDraft, type PracticeKit } from '#platforms/testing';
import { type FaultKind, practiceEndpoints } from '#sandbox';
import { rehearse, type Rehearsal, type Rehearsed } from '../rehearsal.js';
import { Ear, type Exchange } from './ear.js';
import { type Finding } from './official.js';

/** Does everything that an adapter can do, and answers every word of it. */
export async function rehearseHeard(
  rehearsal: Omit<Rehearsal, 'listen'>,
): Promise<Rehearsed & { exchanges: readonly Exchange[] }> {
  const exchanges: Exchange[] = [];
  const rehearsed = await rehearse({
    ...rehearsal,
    listen: async ({ adapter, sandbox }) => {
      const ear = await Ear.open(sandbox.origin, exchanges);
      const endpoints = practiceEndpoints(adapter.manifest, ear.origin);
      return { hear: (context) => ({ ...context, endpoints }), close: () => ear.close() };
    },
  });
  return { ...rehearsed, exchanges };
}

/** An official description of a platform. */
export interface OfficialDescription {
  /** @param url of the request, at the platform itself */
  check(url: string, exchange: Exchange): Finding;
}

/** What an official description says about all that was heard. */
export class Comparison {
  /** What either side does otherwise than described. */
  readonly problems = new Set<string>();
  /** What the description has nothing about. */
  readonly unchecked = new Set<string>();
  /** Operations with the statuses that they were answered with. */
  readonly checked = new Map<string, Set<number>>();

  constructor(
    private readonly official: OfficialDescription,
    private readonly manifest: PlatformManifest,
    /** Addresses that the platform names in answers, by the names that they have in practice. */
    private readonly named: Readonly<Record<string, string>> = {},
    /** The endpoint of the consent page. */
    private readonly consent = 'www',
  ) {}

  compare(exchange: Exchange): void {
    const url = this.urlOf(exchange.path);
    // What a person sends from the consent page is a matter of that page alone.
    if (url.startsWith(this.manifest.endpoints[this.consent] ?? ' ') && exchange.method !== 'GET') return;
    const { operation, problems, silent } = this.official.check(url, exchange);
    if (operation === undefined) {
      this.unchecked.add(`${exchange.method} ${withoutIds(url)}`);
      return;
    }
    const statuses = this.checked.get(operation) ?? new Set();
    this.checked.set(operation, statuses.add(exchange.answer.status));
    for (const problem of problems) this.problems.add(problem);
    for (const what of silent) this.unchecked.add(what);
  }

  /** Where a request would have gone that is no practice. */
  private urlOf(path: string): string {
    const { endpoints, id } = this.manifest;
    const [, platform, name = '', rest = ''] = /^\/([^/]+)\/([^/?]+)(.*)$/.exec(path) ?? [];
    const endpoint = endpoints[name] ?? this.named[name];
    if (platform !== id || endpoint === undefined) throw new Error(`${path} belongs to no endpoint of ${id}.`);
    return endpoint + rest;
  }
}

function withoutIds(url: string): string {
  const { origin, pathname } = new URL(url);
  const words = pathname.split('/').map((word) => (/\d{4,}|^[\w-]{20,}$/.test(word) ? '{id}' : word));
  return origin + words.join('/');
}

const REFUSALS: readonly FaultKind[] = [
  ...(['refuse-auth', 'refuse-rate-limit', 'refuse-unavailable', 'refuse-bad-request', 'refuse-content'] as const),
];

/** Has everything refused in every way that the practice network knows, so that its words for it are heard. */
export async function beRefused(kit: PracticeKit, draft: () => Promise<PracticeDraft>): Promise<void> {
  const { adapter, sandbox } = kit;
  for (const kind of REFUSALS) {
    const runner = new MiniRunner(kit, await draft());
    const prepared = await runner.prepare();
    sandbox.faults.add({ kind, operation: 'commit' });
    await refused(runner.commit(prepared), `the commit: ${kind}`);
    const ending = await new MiniRunner(kit, await draft()).publish();
    if (ending.state !== 'published') throw new Error(`It ended ${JSON.stringify(ending)}`);
    sandbox.faults.add({ kind, operation: 'prepare' });
    await refused(new MiniRunner(kit, await draft()).prepare(), `preparing: ${kind}`);
    sandbox.faults.add({ kind, operation: 'remove' });
    await refused(adapter.remove?.(kit.account(), ending.receipt), `deleting: ${kind}`);
    sandbox.faults.add({ kind, operation: 'read', times: 5 });
    await refused(runner.reconcile(prepared), `a look: ${kind}`);
    sandbox.faults.clear();
  }
}

/** Waits for a call to be refused. Throws where it was not. */
export async function refused(call: Promise<unknown> | undefined, what: string): Promise<void> {
  const fails = await call?.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Error) || !/^Platform(HttpError|Failure)$/.test(error.name)) throw error;
      return true;
    },
  );
  if (fails === false) throw new Error(`Nobody refused ${what}.`);
}
