import { type Authorization } from '#platforms/core';
import { grantByConsent, MiniRunner, practiceDraft, PracticeKit, type Subject } from '#platforms/testing';
import { platform } from './index.js';
import { PRACTICE_APP, REPEATABLE_MS } from './manifest.js';
import { memberWay } from './scopes.js';

const post = practiceDraft({ text: 'Fresh (rye) #bread' });

const subject: Subject = {
  app: PRACTICE_APP,
  drafts: [{ name: 'a text', ...post }],
  violations: [],
  preparesOverHttp: false,
  refusesDuplicates: true,
  publicCredentials: ['personId', 'way'],
  connect,
};

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('LinkedIn connects by OAuth.');
  const { endpoints } = kit.context();
  const approve = async (consentUrl: string) => {
    const body = new URLSearchParams({ decision: 'continue' });
    for (const scope of memberWay.scopes) body.append('scope', scope);
    const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
    return answer.headers.get('location') ?? '';
  };
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve });
  return oauth.authorize(kit.context(), grant);
}

let kit: PracticeKit;
beforeEach(async () => {
  kit = await PracticeKit.connected(platform, subject);
});
afterEach(() => kit.close());

const commits = () => kit.sandbox.requests().filter(({ operation }) => operation === 'commit');
const reads = () => kit.sandbox.requests().filter(({ operation }) => operation === 'read');

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api: posts of members are read by nobody.
describe('a post of a member whose outcome is unknown', () => {
  it.each([
    'accept-then-timeout',
    'accept-then-reset',
    'accept-then-error',
    'accept-then-unavailable',
    'nonsense',
  ] as const)('is there after "%s", and the second answer says which one it is', async (kind) => {
    kit.sandbox.faults.add({ operation: 'commit', kind });
    const ending = await new MiniRunner(kit, post).publish();
    expect(ending).toMatchObject({ state: 'published', reconciled: true, receipt: { id: kit.visibleIds()[0] } });
    expect(kit.visibleIds()).toHaveLength(1);
    expect(commits()).toHaveLength(2);
    expect(reads()).toEqual([]);
  });

  it.each(['timeout', 'reset'] as const)('is not there after "%s", and goes out once', async (kind) => {
    kit.sandbox.faults.add({ operation: 'commit', kind });
    const ending = await new MiniRunner(kit, post).publish();
    expect(ending).toMatchObject({ state: 'published', reconciled: false, receipt: { id: kit.visibleIds()[0] } });
    expect(kit.visibleIds()).toHaveLength(1);
  });

  it('is found where it was applied late', async () => {
    kit.sandbox.faults.add({ operation: 'commit', kind: 'apply-late', delayMs: 100 });
    const runner = new MiniRunner(kit, post);
    const prepared = await runner.prepare();
    await kit.failureOf(runner.commit(prepared));
    await kit.sandbox.waitForVisible(() => true);
    expect(await runner.finish(prepared)).toMatchObject({ state: 'published', receipt: { id: kit.visibleIds()[0] } });
    expect(kit.visibleIds()).toHaveLength(1);
  });

  it('is asked about where the same was there before: it is not taken for this one', async () => {
    const earlier = await new MiniRunner(kit, post).publish();
    kit.pass(60_000);
    kit.sandbox.faults.add({ operation: 'commit', kind: 'reset' });
    const ending = await new MiniRunner(kit, post).publish();
    expect(ending).toMatchObject({
      state: 'failed',
      failure: { kind: 'duplicate', duplicateOf: earlier.state === 'published' ? earlier.receipt.id : '' },
    });
    expect(kit.visibleIds()).toHaveLength(1);
  });

  it('is known by nobody after ten minutes, and not sent again', async () => {
    kit.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
    const runner = new MiniRunner(kit, post);
    const prepared = await runner.prepare();
    await kit.failureOf(runner.commit(prepared));
    kit.pass(REPEATABLE_MS);
    expect(await runner.reconcile(prepared)).toMatchObject({ outcome: 'unknown' });
    expect(commits()).toHaveLength(1);
  });
});
