import { PlatformRegistry } from '#platforms';
import { type PublicationRecord } from '#publishing';
import { type FaultKind } from '#sandbox';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { EchoNetwork, repeating, UNNAMED } from './echo.platform.js';

describe('an answer that speaks of a duplicate', () => {
  const network = new EchoNetwork();
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let channel: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    channel = await engine.connect(tenant, 'echo');
    repeating.ms = 60_000;
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `echo${count}`;
  const onCommit = (kind: FaultKind): unknown => engine.sandbox.faults.add({ kind, operation: 'commit' });
  const publication = async (text = word()): Promise<PublicationRecord> => {
    const settings = { hall: { value: '1', label: 'Hall 1' } };
    const input = { content: { text }, media: [], channels: [{ id: channel, settings }], schedule: 'now' as const };
    const { publications } = await engine.posts.create(
      tenant.author,
      tenant.workspaceId,
      input,
      undefined,
      (one) => one,
    );
    if (!publications[0]) throw new Error('Nothing was scheduled.');
    return publications[0];
  };
  /** One attempt, and the time that the platform may take to show what it accepted. */
  const attempt = async (id: string): Promise<PublicationRecord> => {
    const record = await worker.carryOut(id);
    if (record.state === 'committing') await engine.settle(id);
    return record;
  };
  const duplicate = async (id: string): Promise<unknown> => (await engine.segments(id))[0]?.duplicate;

  it('is published once where it was accepted unseen, and adopted with its own id', async () => {
    const { id } = await publication();
    onCommit('accept-then-reset');
    expect((await attempt(id)).state).toBe('committing');
    expect((await attempt(id)).state).toBe('scheduled');
    expect((await attempt(id)).state).toBe('committing');
    const [there] = engine.sandbox.visible().filter(({ text }) => text === word());
    expect(await duplicate(id)).toEqual({ of: there?.id });
    expect((await attempt(id)).state).toBe('published');
    expect((await engine.segments(id))[0]).toMatchObject({ platform_object_id: there?.id, fences: 2 });
    expect(engine.shown(word())).toHaveLength(1);
  });

  it('is no success where somebody said the same before: it fails in words, and nothing is adopted', async () => {
    network.call(word(), 3_600_000);
    const { id } = await publication();
    expect((await attempt(id)).state).toBe('committing');
    expect(await attempt(id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'duplicate', message: 'Echo has heard the same before, so it did not take it again.' },
    });
    expect((await engine.segments(id))[0]).toMatchObject({ platform_object_id: null, duplicate: null });
    expect(engine.shown(word())).toHaveLength(1);
  });

  it('never takes what an earlier publication owns, however old that is', async () => {
    const first = await publication();
    expect((await attempt(first.id)).state).toBe('published');
    await engine.owner.query(`update segments set published_at = now() - interval '9 days' where publication_id = $1`, [
      first.id,
    ]);
    const second = await publication();
    expect((await attempt(second.id)).state).toBe('committing');
    expect(await attempt(second.id)).toMatchObject({ state: 'failed', failure: { kind: 'duplicate' } });
    expect((await engine.find(first.id)).state).toBe('published');
  });

  it('loses nothing where the worker dies between the answer and the look', async () => {
    const { id } = await publication();
    onCommit('accept-then-reset');
    await attempt(id);
    expect((await attempt(id)).state).toBe('scheduled');
    expect((await attempt(id)).state).toBe('committing');
    // As if the answer had never been written down.
    await engine.owner.query('update segments set duplicate = null where publication_id = $1', [id]);
    expect((await attempt(id)).state).toBe('scheduled');
    expect((await attempt(id)).state).toBe('committing');
    expect((await attempt(id)).state).toBe('published');
    expect(engine.shown(word())).toHaveLength(1);
  });

  it('is forgotten with the next request', async () => {
    const old = network.call(word(), 3_600_000);
    const { id } = await publication();
    await attempt(id);
    expect(await duplicate(id)).toEqual({ of: old });
    await attempt(id);
    engine.sandbox.faults.clear();
    onCommit('reset');
    await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
    expect((await attempt(id)).state).toBe('committing');
    expect(await duplicate(id)).toBeNull();
  });

  it('is unconfirmed where the platform names nothing, and a person may look again', async () => {
    const text = `${word()} ${UNNAMED}`;
    network.call(text, 3_600_000);
    const { id } = await publication(text);
    await attempt(id);
    expect(await duplicate(id)).toEqual({});
    expect((await attempt(id)).state).toBe('unconfirmed');
  });

  it('is not waited for beyond the time in which sending the same again is harmless', async () => {
    const { id } = await publication();
    onCommit('accept-then-reset');
    await attempt(id);
    expect((await attempt(id)).state).toBe('scheduled');
    repeating.ms = 0;
    expect((await attempt(id)).state).toBe('unconfirmed');
    expect((await engine.segments(id))[0]?.fences).toBe(1);
    expect(engine.shown(word())).toHaveLength(1);
  });

  it('is sent again in time, however long a failure of that kind would wait', async () => {
    const { id } = await publication();
    onCommit('accept-then-reset');
    await attempt(id);
    // So many tries that the next wait may be minutes, and less than that is left.
    await engine.owner.query('update publications set attempts = 9 where id = $1', [id]);
    repeating.ms = 30_000;
    const planned = await worker.carryOut(id);
    expect(planned.state).toBe('scheduled');
    expect(planned.next_check_at.getTime()).toBeLessThan(Date.now() + 30_000);
  });
});
