import { PlatformAccess } from '#channels';
import { isJsonObject, type Json } from '#platforms/core';
import { type PublicationRecord } from '#publishing';
import { type FaultKind } from '#sandbox';
import { TestEngine, type TestTenant } from '../support/engine.js';

const PLATFORMS = ['bluesky', 'mastodon', 'webhook', 'facebook'] as const;
type PlatformId = (typeof PLATFORMS)[number];

interface Case {
  fault: FaultKind;
  retryAfterSeconds?: number;
  /** How it ends where it does not end `published`. */
  ends?: Partial<Record<PlatformId, 'held' | 'failed'>>;
  /** What the log must tell, in this order; `?` where a platform that lists the refusal needs no look. */
  story: (platform: PlatformId) => RegExp;
}

const PREPARED = 'scheduled cleared attempt-started (step-done )+fenced';
/** The look says that it is there. */
const FOUND = new RegExp(`^${PREPARED} retry-planned reconciled published$`);
/** The look says that it is not there, or that a repeat does no harm: once more, and never without looking. */
const SENT_AGAIN = new RegExp(
  `^${PREPARED} retry-planned reconciled retry-planned attempt-started reconciled (step-done )+fenced committed published$`,
);
/** The platform's word that nothing happened: looked for all the same before it is sent again. */
const REFUSED = new RegExp(
  `^${PREPARED} retry-planned attempt-started reconciled (step-done )+fenced committed published$`,
);
const HELD = new RegExp(`^${PREPARED} held$`);
const FAILED = new RegExp(`^${PREPARED} failed$`);

/** A receiver of webhooks cannot be looked at; it is sent the same event again, which it counts once. */
const found = (platform: PlatformId): RegExp => (platform === 'webhook' ? SENT_AGAIN : FOUND);

const CASES: readonly Case[] = [
  { fault: 'accept-then-timeout', story: found },
  { fault: 'accept-then-reset', story: found },
  { fault: 'accept-then-error', story: found },
  { fault: 'accept-then-unavailable', story: found },
  { fault: 'apply-late', story: found },
  // To a webhook any 2xx is a receipt.
  {
    fault: 'nonsense',
    story: (platform) => (platform === 'webhook' ? new RegExp(`^${PREPARED} committed published$`) : FOUND),
  },
  { fault: 'timeout', story: () => SENT_AGAIN },
  { fault: 'reset', story: () => SENT_AGAIN },
  { fault: 'refuse-unavailable', story: () => SENT_AGAIN },
  { fault: 'refuse-bad-request', story: () => SENT_AGAIN },
  {
    fault: 'refuse-rate-limit',
    retryAfterSeconds: 1,
    story: (platform) => (platform === 'webhook' ? SENT_AGAIN : REFUSED),
  },
  {
    fault: 'refuse-auth',
    // Only Bluesky's tokens can be renewed; a webhook's 401 is not listed as without effect.
    ends: { mastodon: 'held', facebook: 'held' },
    story: (platform) => ({ bluesky: REFUSED, webhook: SENT_AGAIN, mastodon: HELD, facebook: HELD })[platform],
  },
  {
    fault: 'refuse-content',
    ends: { bluesky: 'failed', mastodon: 'failed', facebook: 'failed', webhook: 'held' },
    // A receiver that is gone for good is a channel to connect again.
    story: (platform) => (platform === 'webhook' ? HELD : FAILED),
  },
];

const ALL = PLATFORMS.flatMap((platform) => CASES.map((item) => ({ platform, ...item })));

describe('rule 6: after the fence, whatever the platform answers, exactly one post or a state that says why', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  const results = new Map<string, Promise<PublicationRecord>>();

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    tenant = await engine.tenant();
    await engine.startWorker();
    // All at once: each has an account and a channel of its own, and waits for its own states.
    for (const item of ALL) {
      const result = publish(item);
      result.catch(() => undefined);
      results.set(nameOf(item), result);
    }
  });
  afterAll(() => engine.close());

  async function publish(item: (typeof ALL)[number]): Promise<PublicationRecord> {
    const { platform, fault: kind, retryAfterSeconds } = item;
    const name = nameOf(item);
    const channel = await engine.account(tenant, platform, name);
    engine.sandbox.faults.add({
      ...{ kind, platform, operation: 'commit', match: `only-${name}`, delayMs: 300 },
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
    const { id } = await engine.publication(tenant, channel, `only-${name}`);
    const unknown = !['refuse-auth', 'refuse-rate-limit', 'refuse-content'].includes(kind);
    // Facebook and Mastodon settle slowly. What came late must be there before the time is said to have passed.
    if (unknown && kind === 'apply-late') await engine.sandbox.waitForVisible((post) => post.text === `only-${name}`);
    if (unknown && !(platform === 'webhook' && kind === 'nonsense')) await engine.settle(id);
    return engine.until(id, 'published', 'held', 'failed', 'unconfirmed');
  }

  it.each(ALL)('$platform: $fault', async (item) => {
    const { platform, ends, story } = item;
    const publication = await results.get(nameOf(item))!;
    const end = ends?.[platform] ?? 'published';
    expect(publication.state).toBe(end);
    expect(await engine.story(publication.id)).toMatch(story(platform));
    expect(engine.shown(`only-${nameOf(item)}`)).toHaveLength(end === 'published' ? 1 : 0);
    if (end === 'published') {
      const [segment] = await engine.segments(publication.id);
      const visible = engine.sandbox.visible(platform).find((post) => post.text === `only-${nameOf(item)}`);
      expect(segment?.platform_object_id).toBe(visible?.id);
      expect(publication.failure).toBeNull();
    } else if (end === 'failed') {
      expect(publication.failure).toMatchObject({ kind: 'content', platformCode: expect.anything() });
    } else {
      expect(publication.held_reason).toBe('channel-disconnected');
      expect(publication.failure).toMatchObject({ kind: 'auth', remedy: expect.stringMatching(/reconnect/i) });
    }
  });

  it('tells the whole story without a single secret, in the log as in the queue', async () => {
    await Promise.allSettled(results.values());
    const told = await engine.owner.query<{ told: string }>(`
      select coalesce(evidence::text, '') || coalesce(failure::text, '') || actor::text as told from publishing_log
      union all select coalesce(failure::text, '') from publications
      union all select coalesce(data::text, '') from bullmq.job`);
    const said = told.rows.map((row) => row.told).join('\n');
    expect(said).toContain('127.0.0.1');
    const secrets = await storedSecrets(engine);
    expect(secrets.length).toBeGreaterThan(40);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });
});

function nameOf({ platform, fault }: { platform: PlatformId; fault: FaultKind }): string {
  return `${platform.slice(0, 2)}${fault.replaceAll('-', '')}`;
}

/** Every token and password that a connection or a channel of this installation holds. */
async function storedSecrets(engine: TestEngine): Promise<string[]> {
  const access = engine.service(PlatformAccess);
  const { rows: channels } = await engine.owner.query<{ id: string }>('select id from channels');
  const secrets = new Set<string>();
  for (const { id } of channels) {
    const open = await engine.kernel.database.engine((tx) => access.open(tx, id));
    const { credentials, channelCredentials = {} } = open!.context({ timeoutMs: 1_000 });
    for (const [name, value] of Object.entries({ ...credentials, ...channelCredentials })) {
      if (/token|jwt|secret|password/i.test(name)) strings(value).forEach((text) => secrets.add(text));
    }
  }
  return [...secrets];
}

function strings(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return isJsonObject(value) ? Object.values(value).flatMap(strings) : [];
}
