import { WorkspacesService } from '#accounts';
import { ApprovalsService } from '#planning';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { ownerOf, TestEngine, type TestTenant } from '../support/engine.js';

describe('rule 10: how late a workspace publishes', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `late${count}`;
  const allow = async (lateLimitMinutes: number): Promise<void> => {
    const owner = ownerOf(tenant);
    await new WorkspacesService(engine.kernel.database).update(owner, tenant.workspaceId, { lateLimitMinutes });
  };
  /** A publication that was due so many seconds ago, as after an outage. */
  const dueAgo = async (seconds: number): Promise<PublicationRecord> => {
    const channel = await engine.account(tenant, 'bluesky', word());
    const { id } = await engine.publication(tenant, channel, word(), { dueIn: 3_600 });
    await engine.owner.query(
      `update publications set due_at = now() - make_interval(secs => $2), version = version + 1 where id = $1`,
      [id, seconds],
    );
    return engine.find(id);
  };

  it.each([
    ['less late than 30 minutes', 30, 29 * 60, 'published'],
    ['later than 30 minutes', 30, 31 * 60, 'held'],
    ['less late than a week', 10_080, 10_079 * 60, 'published'],
    ['later than a week', 10_080, 10_081 * 60, 'held'],
    ['a minute late where nothing may be late: that is sending itself', 0, 60, 'published'],
    ['two minutes late where nothing may be late', 0, 120, 'held'],
  ] as const)('%s', async (_name, limit, seconds, state) => {
    await allow(limit);
    const { id } = await dueAgo(seconds);
    const ended = await worker.carryOut(id);
    expect(ended).toMatchObject({ state, held_reason: state === 'held' ? 'too-late' : null });
    expect(engine.shown(word())).toEqual(state === 'held' ? [] : [word()]);
  });

  it('what is too late says so with what to do, is not released by itself, and goes out when a person retries', async () => {
    await allow(5);
    const { id } = await dueAgo(600);
    expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: 'too-late', attempts: 0 });
    expect((await engine.log(id)).at(-1)).toMatchObject({
      kind: 'held',
      evidence: { reason: 'too-late', remedy: expect.stringMatching(/^Retry it/) },
    });
    await worker.sweep.sweep();
    expect((await engine.find(id)).state).toBe('held');
    const retried = await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
    expect(retried.state).toBe('scheduled');
    expect(Math.abs(retried.due_at.getTime() - Date.now())).toBeLessThan(60_000);
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(engine.shown(word())).toEqual([word()]);
  });

  it.each([
    ['in time for that goes out', 60, 'published'],
    ['later than that is held and says so, and is never dropped', 5, 'held'],
  ] as const)('what is approved after its time, %s', async (_name, limit, state) => {
    const approvals = engine.service(ApprovalsService);
    const { organizationId, workspaceId, author } = tenant;
    const client = 'carla@client.example';
    await approvals.setWorkflow(organizationId, workspaceId, author.actor, {
      ...{ mode: 'required', selfApproval: false, rescheduleNeedsApproval: false },
      steps: [{ name: 'Client', approvers: { clients: [client] }, rule: 'all' }],
    });
    await allow(limit);
    const { id, post_id: postId } = await dueAgo(600);
    await approvals.request(organizationId, postId, author.actor);
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'approval-missing' });
    const { contentHash } = await approvals.get(organizationId, postId);
    const actor = { type: 'client', id: client, name: 'Carla' } as const;
    const approver = { organizationId, key: `client:${client}`, actor } as const;
    await approvals.decide(approver, postId, { verdict: 'approve', contentHash });
    // Either at once, where the decision finds it too late, or when a worker takes it.
    const found = await engine.find(id);
    const ended = found.state === 'held' ? found : await worker.carryOut(id);
    expect(ended).toMatchObject({ state, held_reason: state === 'held' ? 'too-late' : null });
    expect(engine.shown(word())).toEqual(state === 'held' ? [] : [word()]);
  });

  it('a limit that is raised counts for what has not been looked at yet, and never releases by itself', async () => {
    await allow(5);
    const first = await dueAgo(600);
    await worker.carryOut(first.id);
    await allow(60);
    await worker.sweep.sweep();
    expect((await engine.find(first.id)).held_reason).toBe('too-late');
    const second = await dueAgo(601);
    expect((await worker.carryOut(second.id)).state).toBe('published');
  });
});
