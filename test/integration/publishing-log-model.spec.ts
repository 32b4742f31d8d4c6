import fc from 'fast-check';
import { PlatformAccess } from '#channels';
import { Problem } from '#kernel';
import { type LogKind, type LogRecord, mayChange, type PublicationRecord, type PublicationState } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { histories } from '../support/histories.js';

/** What a person does. */
type Deed =
  | { do: 'revise'; text: number; clear: boolean }
  | { do: 'reschedule'; later: boolean }
  | { do: 'pause' | 'resume' | 'retry' | 'cancel' }
  | { do: 'resolve'; outcome: 'published' | 'not-published' };

/** What happens next. `attempt` is a worker's try with what the platform makes of it; `beside` happens at the same time. */
type Step = Deed | { do: 'sweep' } | { do: 'attempt'; fault: (typeof FAULTS)[number]; beside?: Deed | undefined };

const FAULTS = [
  'none',
  'refuse-content',
  'refuse-unavailable',
  'refuse-rate-limit',
  'reset',
  'accept-then-reset',
] as const;

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('revise' as const), text: fc.nat(99), clear: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reschedule' as const), later: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'retry' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('resolve' as const),
      outcome: fc.constantFrom('published' as const, 'not-published' as const),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: deed },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('attempt' as const),
      fault: fc.constantFrom(...FAULTS),
      beside: fc.option(deed, { nil: undefined }),
    }),
  },
);

/** What a publication is, as told by its log alone. */
interface Told {
  version: number;
  state: PublicationState;
  attempts: number;
  heldReason: string | null;
  dueAt: number;
}

const NOTHING: Told = { version: 0, state: 'scheduled', attempts: 0, heldReason: null, dueAt: NaN };

/** The state that an entry leads to; it is never read from the entry's own column. */
function stateAfter({ kind, evidence }: LogRecord, before: PublicationState): PublicationState {
  switch (kind) {
    case 'scheduled':
    case 'revised':
    case 'rescheduled':
    case 'released':
      return 'scheduled';
    case 'attempt-started':
    case 'segment-published':
    case 'reconciled':
      return 'preparing';
    case 'step-done':
      return evidence?.['step'] === 'prepared' ? 'ready' : 'preparing';
    case 'fenced':
      return 'committing';
    case 'retry-planned':
      return evidence?.['next'] === 'look' ? 'committing' : 'scheduled';
    case 'resolved':
      return evidence?.['outcome'] === 'published' ? 'published' : 'scheduled';
    case 'held':
    case 'published':
    case 'failed':
    case 'unconfirmed':
    case 'cancelled':
      return kind;
    case 'cleared':
    case 'committed':
    case 'clearance-withdrawn':
    case 'removed':
    case 'edited':
      return before;
  }
}

function replay(log: readonly LogRecord[]): Told {
  return log.reduce((told, entry): Told => {
    const state = stateAfter(entry, told.state);
    const due = entry.evidence?.['dueAt'];
    return {
      version: told.version + 1,
      state,
      attempts: entry.attempt,
      heldReason: state === 'held' ? (entry.evidence?.['reason'] as string) : null,
      dueAt: typeof due === 'string' ? Date.parse(due) : told.dueAt,
    };
  }, NOTHING);
}

function toldOf(row: PublicationRecord): Told {
  const { version, state, attempts, held_reason: heldReason, due_at } = row;
  return { version, state, attempts, heldReason, dueAt: due_at.getTime() };
}

describe('the log is complete: replayed alone, it arrives at the row', () => {
  let engine: TestEngine;
  let worker: EngineParts;
  let count = 0;
  const seen = new Set<LogKind>();

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  afterAll(() => engine.close());

  /** A refusal is an answer: nothing happened, and the log says nothing of it. */
  async function tried(work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => {
      if (!(error instanceof Problem && error.status === 409)) throw error;
    });
  }

  async function carryOutDeed(tenant: TestTenant, { id, channel_id }: PublicationRecord, what: Deed): Promise<void> {
    if (what.do === 'pause' || what.do === 'resume') {
      await engine.channels.setPaused(tenant.organizationId, channel_id, what.do === 'pause');
    }
    await tried(
      engine.act(tenant, id, async (service, tx, actor, record) => {
        switch (what.do) {
          case 'revise': {
            const segments = [{ kind: 'post' as const, text: `model${count} version ${what.text}`, media: [] }];
            const next = { revision: record.revision + 1, content: { segments, settings: {} }, cleared: what.clear };
            return service.revise(tx, actor, record, next);
          }
          case 'reschedule': {
            const at = new Date(Date.now() + (what.later ? 3_600_000 : 0));
            return service.reschedule(tx, actor, record, { at, timeZone: 'UTC', local: at.toISOString().slice(0, 19) });
          }
          case 'retry':
            return service.retry(tx, actor, record);
          case 'pause':
          case 'resume':
            return undefined;
          case 'cancel':
            return service.cancel(tx, actor, record, 'A person cancelled it.');
          case 'resolve':
            return service.resolve(tx, actor, record, { outcome: what.outcome });
        }
      }),
    );
  }

  /** A worker's try, at a time when there is something to try. */
  async function attempt(id: string, fault: (typeof FAULTS)[number]): Promise<void> {
    const now = await engine.find(id);
    if (now.due_at.getTime() > Date.now()) return;
    if (now.state === 'committing') await engine.settle(id);
    engine.sandbox.faults.clear();
    if (fault !== 'none') engine.sandbox.faults.add({ kind: fault, operation: 'commit', match: `model${count}` });
    await engine.owner.query(
      'update channels set blocked_until = null where id = (select channel_id from publications where id = $1)',
      [id],
    );
    // Whoever gives it another time meanwhile is heeded: nobody waits an hour for that.
    await engine.owner.query(
      'update publications set next_check_at = now() where id = $1 and lease is null and due_at <= now()',
      [id],
    );
    await worker.dispatcher.dispatch();
    const { invitation } = await engine.find(id);
    if (invitation !== null) await worker.runner.run({ publicationId: id, invitation });
  }

  async function take(tenant: TestTenant, publication: PublicationRecord, next: Step): Promise<void> {
    switch (next.do) {
      case 'sweep':
        return worker.sweep.sweep();
      case 'attempt':
        await Promise.all([
          attempt(publication.id, next.fault),
          next.beside && carryOutDeed(tenant, publication, next.beside),
        ]);
        return;
      default:
        return carryOutDeed(tenant, publication, next);
    }
  }

  /** Every secret that the connection of a channel has. */
  async function secretsOf(channelId: string): Promise<string[]> {
    const { rows } = await engine.owner.query<{ id: string; credentials: string }>(
      'select co.id, co.credentials from connections co join channels c on c.connection_id = co.id where c.id = $1',
      [channelId],
    );
    const credentials = await engine.service(PlatformAccess).decryptConnection(rows[0]!.id, rows[0]!.credentials);
    return Object.entries(credentials).flatMap(([name, value]) =>
      /jwt|token/i.test(name) && typeof value === 'string' ? [value] : [],
    );
  }

  async function check(id: string, secrets: readonly string[]): Promise<void> {
    const [row, log] = [await engine.find(id), await engine.log(id)];
    expect(replay(log)).toEqual(toldOf(row));
    expect(log.map((entry) => entry.version)).toEqual(log.map((_, index) => index + 1));
    for (const [index, entry] of log.entries()) {
      seen.add(entry.kind);
      expect(mayChange(log[index - 1]?.state ?? entry.state, entry.state)).toBe(true);
    }
    const text = JSON.stringify(log);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }

  it('after whatever people, workers and platforms did, and it holds no secret', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('bluesky', 'mastodon'),
        fc.boolean(),
        fc.array(step, { minLength: 4, maxLength: 14 }),
        async (platform, paused, steps) => {
          count += 1;
          const tenant = await engine.tenant();
          const channel = await engine.account(tenant, platform, `model${count}`);
          const secrets = await secretsOf(channel);
          expect(secrets.length).toBeGreaterThan(0);
          if (paused) await engine.channels.setPaused(tenant.organizationId, channel, true);
          const publication = await engine.publication(tenant, channel, `model${count} version one`);
          await check(publication.id, secrets);
          for (const next of steps) {
            await take(tenant, publication, next);
            await check(publication.id, secrets);
          }
        },
      ),
      { numRuns: histories({ few: 30, many: 150 }), seed: 20_260_504, endOnFailure: true },
    );
    // Otherwise the property would say little.
    const expected: LogKind[] = [
      'scheduled',
      'revised',
      'rescheduled',
      'cleared',
      'held',
      'released',
      'attempt-started',
    ];
    const outcomes: LogKind[] = [
      'step-done',
      'fenced',
      'committed',
      'published',
      'retry-planned',
      'reconciled',
      'failed',
    ];
    expect([...seen]).toEqual(expect.arrayContaining([...expected, ...outcomes, 'cancelled']));
  }, 240_000);
});
