import pg from 'pg';
import { type Invitation } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const CHANNELS = 12;

describe('rule 14: group commit', () => {
  let engine: TestEngine;
  let parts: EngineParts;
  let tenant: TestTenant;
  let channels: string[];

  beforeAll(async () => {
    engine = await TestEngine.start();
    parts = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.reset();
    tenant = await engine.tenant();
    channels = [];
    for (let index = 0; index < CHANNELS; index += 1)
      channels.push(await engine.account(tenant, 'webhook', `group${index}${Date.now()}`));
  });
  afterAll(async () => {
    await engine.close();
  });

  async function invitations(): Promise<Invitation[]> {
    const posts = await Promise.all(
      channels.map((channel, index) => engine.publication(tenant, channel, `Text ${index}`)),
    );
    while ((await parts.dispatcher.dispatch()) > 0);
    const records = await Promise.all(posts.map(({ id }) => engine.find(id)));
    return records.map(({ id, invitation }) => ({ publicationId: id, invitation: invitation ?? '' }));
  }

  /** How many transactions wrote the story of these since they were scheduled; what other tests do in the meantime does not count. */
  async function transactions(all: readonly Invitation[]): Promise<number> {
    const { rows } = await engine.owner.query<{ n: number }>(
      `select count(distinct xmin::text)::integer as n from publishing_log
        where publication_id = any($1) and kind not in ('scheduled', 'cleared')`,
      [all.map(({ publicationId }) => publicationId)],
    );
    return rows[0]?.n ?? NaN;
  }

  /** Locks a row as somebody else's transaction would, until it is let go. */
  async function lock(table: 'publications' | 'channels', id: string): Promise<() => Promise<void>> {
    const other = new pg.Client({ connectionString: engine.ownerUrl });
    await other.connect();
    await other.query('begin');
    await other.query(`select 1 from ${table} where id = $1 for update`, [id]);
    return () => other.end();
  }

  const runAll = (all: readonly Invitation[]) => Promise.all(all.map((invitation) => parts.runner.run(invitation)));

  it('takes, fences and records many publications by few transactions', async () => {
    const all = await invitations();
    await runAll(all);
    const states = await Promise.all(all.map(({ publicationId }) => engine.find(publicationId)));
    expect(states.map(({ state }) => state)).toEqual(channels.map(() => 'published'));
    expect(engine.sandbox.visible('webhook')).toHaveLength(CHANNELS);
    // Alone, each of them takes four: taken, prepared, fenced, published. All are asked to be taken in the same moment, which a few
    // transactions do; how many meet after that is a matter of time.
    expect(await transactions(all)).toBeLessThan(CHANNELS * 3.5);
  });

  it('logs and sends only what the fence let through', async () => {
    const all = await invitations();
    const [paused = '', ...others] = channels;
    await engine.owner.query('update channels set paused_at = now() where id = $1', [paused]);
    await runAll(all);
    const records = await Promise.all(all.map(({ publicationId }) => engine.find(publicationId)));
    expect(records.map(({ state }) => state)).toEqual(['held', ...others.map(() => 'published')]);
    expect(await engine.story(records[0]!.id)).not.toContain('fenced');
    expect(engine.sandbox.visible('webhook').map(({ text }) => text)).not.toContain('Text 0');
  });

  it('keeps nobody waiting for a row that somebody has locked', async () => {
    const all = await invitations();
    const [first] = all;
    const release = await lock('publications', first!.publicationId);
    const running = runAll(all);
    await Promise.all(all.slice(1).map(({ publicationId }) => engine.until(publicationId, 'published')));
    expect((await engine.find(first!.publicationId)).state).toBe('scheduled');
    await release();
    await running;
    expect((await engine.find(first!.publicationId)).state).toBe('published');
  });

  it('keeps nobody waiting for a gate that somebody is closing', async () => {
    const all = await invitations();
    const release = await lock('channels', channels[0]!);
    const running = runAll(all);
    await Promise.all(all.slice(1).map(({ publicationId }) => engine.until(publicationId, 'published')));
    expect((await engine.find(all[0]!.publicationId)).state).toBe('ready');
    await release();
    await running;
    expect((await engine.find(all[0]!.publicationId)).state).toBe('published');
  });
});
