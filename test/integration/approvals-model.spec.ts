import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Problem } from '#kernel';
import { type ApprovalMode, ApprovalsService, type Verdict, type WorkflowInput } from '#planning';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

/** Two steps: first the lead, then the client's two people, both of whom have to agree. */
const PEOPLE = ['lead', 'client one', 'client two'] as const;
type Name = (typeof PEOPLE)[number];

type Step =
  | { do: 'edit'; text: number }
  /** `agree`: everybody who is asked says yes, in turn. */
  | { do: 'reschedule' | 'ask' | 'attempt' | 'retry' | 'agree' }
  | { do: 'mode'; mode: ApprovalMode }
  /** About what the post says now, or about what somebody saw at the last decision before. */
  | { do: 'decide'; who: Name; verdict: Verdict; stale: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), text: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'ask' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reschedule' as const, 'retry' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('attempt' as const, 'agree' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      mode: fc.constantFrom('none' as const, 'optional' as const, 'required' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      who: fc.constantFrom(...PEOPLE),
      verdict: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'request-changes' as const),
      stale: fc.nat(5).map((one) => one === 0),
    }),
  },
);

/** What the people know, without looking at the product: who agreed to which words since they were asked last. */
class Oracle {
  private mode: ApprovalMode = 'required';
  private asked = false;
  private readonly agreed = new Map<string, Set<Name>>();
  private readonly refused = new Set<string>();

  setMode(mode: ApprovalMode): void {
    this.mode = mode;
  }
  ask(): void {
    this.asked = true;
    this.agreed.clear();
    this.refused.clear();
  }
  decide(text: string, who: Name, verdict: Verdict): void {
    if (verdict === 'request-changes') this.refused.add(text);
    else this.agreed.set(text, (this.agreed.get(text) ?? new Set()).add(who));
  }
  mayBeSeen(text: string): boolean {
    if (this.mode === 'none' || (this.mode === 'optional' && !this.asked)) return true;
    return !this.refused.has(text) && PEOPLE.every((one) => this.agreed.get(text)?.has(one));
  }
}

describe('what was approved is what is published', () => {
  let engine: TestEngine;
  let worker: EngineParts;
  let count = 0;
  const seen = { approved: 0, free: 0, kept: 0, decided: 0 };

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
  });
  afterAll(() => engine.close());

  async function people(tenant: TestTenant): Promise<Record<Name, string>> {
    const ids = PEOPLE.map((name) => [name, randomUUID()] as const);
    for (const [name, id] of ids) {
      await engine.owner.query(`insert into users (id, email, name, password_hash) values ($1, $2, $3, '')`, [
        id,
        `${id}@example.com`,
        name,
      ]);
      await engine.owner.query(`insert into members (organization_id, user_id, role) values ($1, $2, 'member')`, [
        tenant.organizationId,
        id,
      ]);
      await engine.owner.query(
        `insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, 'approver')`,
        [tenant.organizationId, tenant.workspaceId, id],
      );
    }
    return Object.fromEntries(ids) as Record<Name, string>;
  }

  const workflow = (ids: Record<Name, string>, mode: ApprovalMode): WorkflowInput => ({
    ...{ mode, selfApproval: false, rescheduleNeedsApproval: false },
    steps: [
      { name: 'Lead', approvers: { members: [ids.lead] }, rule: 'any' },
      { name: 'Client', approvers: { members: [ids['client one'], ids['client two']] }, rule: 'all' },
    ],
  });

  /** Whether it was done; a refusal is an answer, and nothing happened. */
  async function tried(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof Problem && [403, 409, 412].includes(error.status)) return false;
      throw error;
    }
  }

  it('whatever people write, ask, decide, move and retry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 18 }), async (steps) => {
        count += 1;
        const word = `approval${count}`;
        const textOf = (number: number) => `${word} version ${number}`;
        const tenant = await engine.tenant();
        const ids = await people(tenant);
        const approvals = engine.service(ApprovalsService);
        const { organizationId, workspaceId, author } = tenant;
        const setMode = (mode: ApprovalMode) =>
          approvals.setWorkflow(organizationId, workspaceId, author.actor, workflow(ids, mode));
        await setMode('required');
        const publication = await engine.publication(tenant, await engine.account(tenant, 'webhook', word), textOf(0));
        const postId = publication.post_id;
        const oracle = new Oracle();
        let text = textOf(0);
        let looked = (await approvals.get(organizationId, postId)).contentHash;
        const update = async (change: Parameters<TestEngine['posts']['update']>[3]) => {
          const { post } = await engine.posts.get(organizationId, postId);
          return tried(engine.posts.update(author, postId, post.version, change));
        };
        const decide = async (who: Name, verdict: Verdict, stale: boolean) => {
          const now = (await approvals.get(organizationId, postId)).contentHash;
          const contentHash = stale ? looked : now;
          looked = now;
          const actor = { type: 'user' as const, id: ids[who], name: who };
          const approver = { organizationId, key: `member:${ids[who]}` as const, actor };
          if (!(await tried(approvals.decide(approver, postId, { verdict, contentHash })))) return;
          expect(contentHash).toBe(now);
          seen.decided += 1;
          oracle.decide(text, who, verdict);
        };
        for (const next of steps) {
          switch (next.do) {
            case 'edit':
              if (await update({ content: { text: textOf(next.text) } })) text = textOf(next.text);
              break;
            case 'reschedule':
              await update({ schedule: 'now' });
              break;
            case 'retry':
              await tried(
                engine.act(tenant, publication.id, (service, tx, actor, row) => service.retry(tx, actor, row)),
              );
              break;
            case 'ask':
              if (await tried(approvals.request(organizationId, postId, author.actor))) oracle.ask();
              break;
            case 'mode':
              await setMode(next.mode);
              oracle.setMode(next.mode);
              break;
            case 'agree':
              for (const who of PEOPLE) await decide(who, 'approve', false);
              break;
            case 'decide':
              await decide(next.who, next.verdict, next.stale);
              break;
            case 'attempt': {
              const before = engine.shown(word).length;
              await engine.skipWait(publication.id);
              await worker.dispatcher.dispatch();
              const { invitation } = await engine.find(publication.id);
              if (invitation !== null) await worker.runner.run({ publicationId: publication.id, invitation });
              const visible = engine.shown(word);
              if (visible.length === before) {
                seen.kept += before === 0 && !oracle.mayBeSeen(text) ? 1 : 0;
                break;
              }
              expect(visible).toEqual([text]);
              expect({ text, approved: oracle.mayBeSeen(text) }).toEqual({ text, approved: true });
              seen[oracle.mayBeSeen(`${text} or anything else`) ? 'free' : 'approved'] += 1;
              break;
            }
          }
        }
      }),
      { numRuns: 120, seed: 20_261_122, endOnFailure: true },
    );
    // Otherwise the property would say little.
    for (const [what, times] of Object.entries(seen)) expect({ what, often: times > 5 }).toEqual({ what, often: true });
  }, 120_000);
});
