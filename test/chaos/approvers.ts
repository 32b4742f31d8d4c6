import { randomUUID } from 'node:crypto';
import { Vault } from '#kernel';
import { type Answer, ask, type Customer, expectStatus } from '../support/customer.js';
import { type Customers } from './customers.js';
import { type Installation, SECRET_KEY } from './installation.js';
import { type ApprovalStory, type Intent, type Ledger, type Standing } from './ledger.js';
import { APPROVERS, firstWorkflow, type PlannedWorkflow } from './plan-approvals.js';
import { readMark } from './plan-text.js';
import { type Plan } from './plan.js';
import { tryOnce, untilAnswered } from './requests.js';

/** Somebody who was invited to approve, in a browser of their own. */
interface Person {
  userId: string;
  cookie: string;
}

/** What an approver sees: which version it is, and the hash by which they decide about it. */
interface Look {
  contentHash: string;
  version: number;
  /** By their places among the approvers. */
  waitingFor: number[];
  /** How many of those are enough. */
  missing: number;
}

/** An organization in which people approve. */
interface Team {
  owner: Customer;
  people: Person[];
}

/** Nobody looks oftener than so for a version that stays the same while they look. */
const LOOKS = 20;
/** More steps than any workflow of a run has, so that a decision that was lost is taken again. */
const ROUNDS = 6;

/** The people who approve, and what they are told. */
export class Approvers {
  private readonly teams = new Map<number, Team>();
  /** What was seen of each post, first things first. */
  private readonly looked = new Map<string, Look[]>();

  private constructor(
    private readonly installation: Installation,
    private readonly ledger: Ledger,
  ) {}

  /** Invites them, lets them join, and sets the first workflows. Nothing is disturbed yet. */
  static async start(
    installation: Installation,
    customers: Customers,
    ledger: Ledger,
    { channels }: Plan,
  ): Promise<Approvers> {
    const approvers = new Approvers(installation, ledger);
    const modes = new Map(
      channels.flatMap(({ organization, approval }) => (approval ? [[organization, approval]] : [])),
    );
    for (const [organization, mode] of modes) {
      const owner = customers.list[organization];
      if (!owner) throw new Error(`There is no organization ${organization}.`);
      const joining = Array.from({ length: APPROVERS }, (_, index) => approvers.join(owner, organization, index));
      approvers.teams.set(organization, { owner, people: await Promise.all(joining) });
      ledger.workflows.set(organization, []);
      await approvers.changeWorkflow(organization, firstWorkflow(mode));
    }
    return approvers;
  }

  /** What the ledger keeps for a post of this organization; undefined where nobody approves. */
  storyOf(organization: number): ApprovalStory | undefined {
    const workflows = this.ledger.workflows.get(organization);
    return workflows && { workflows, steps: [] };
  }

  /** Another way to approve, from now on. Sent once: its answer may be lost. */
  async changeWorkflow(organization: number, { mode, steps }: PlannedWorkflow): Promise<void> {
    const { owner, people } = this.team(organization);
    const named = steps.map(({ name, rule, people: who }) => ({
      ...{ name, rule },
      approvers: { members: who.flatMap((one) => people[one]?.userId ?? []) },
    }));
    const json = { mode, selfApproval: false, rescheduleNeedsApproval: false, steps: named };
    const from = Date.now();
    const path = `/v1/workspaces/${owner.workspaceId}/approval-workflow`;
    const answer = await tryOnce((signal) => owner.request('PUT', path, { json, signal }));
    const standing = this.standingOf(answer);
    if (!standing) throw new Error(`A workflow was answered with ${answer?.status}: ${JSON.stringify(answer?.body)}`);
    this.ledger.workflows.get(organization)?.push({ mode, steps, standing, from, at: Date.now() });
    this.ledger.counts['workflows changed'] += 1;
  }

  /** Asks for approval of a post as it is. Repeated until it is answered, and one request all the same. */
  async ask(organization: number, intent: Intent): Promise<void> {
    const { owner } = this.team(organization);
    const from = Date.now();
    const path = `/v1/posts/${intent.postId}/approval/requests`;
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await untilAnswered(
      (signal) => owner.request('POST', path, { headers, signal }),
      () => (this.ledger.counts.answersLost += 1),
    );
    const standing = this.standingOf(answer);
    if (!standing) return;
    intent.approval?.steps.push({ kind: 'ask', standing, from, at: Date.now() });
    this.ledger.counts['approvals asked for'] += 1;
  }

  /** Whoever is waited for looks and approves, several of a step at the same time; all steps, or so many. */
  async agree(organization: number, intent: Intent, steps = ROUNDS): Promise<void> {
    for (let round = 0; round < steps; round += 1) {
      const look = await this.look(organization, intent, 0);
      if (!look || look.waitingFor.length === 0) return;
      const asked = look.waitingFor.slice(0, look.missing);
      await Promise.all(asked.map((who) => this.decide(organization, intent, who, 'approve')));
    }
  }

  /** Somebody who is asked, or was, asks for changes. */
  async requestChanges(organization: number, intent: Intent): Promise<void> {
    const look = await this.look(organization, intent, 0);
    if (look) await this.decide(organization, intent, look.waitingFor[0] ?? 0, 'request-changes');
  }

  /** Somebody approves what they saw first, although they might know that it says something else by now. */
  async decideStale(organization: number, intent: Intent): Promise<void> {
    const [first] = this.looked.get(intent.postId) ?? [];
    const now = await this.look(organization, intent, 0);
    if (!first || !now || first.contentHash === now.contentHash) return;
    await Promise.all(now.waitingFor.map((who) => this.send(organization, intent, who, 'approve', first)));
  }

  private async decide(
    organization: number,
    intent: Intent,
    who: number,
    verdict: 'approve' | 'request-changes',
  ): Promise<void> {
    const look = await this.look(organization, intent, who);
    if (look) await this.send(organization, intent, who, verdict, look);
  }

  /** Sent once: its answer may be lost, and then it may have counted or not. */
  private async send(
    organization: number,
    { postId, approval }: Intent,
    who: number,
    verdict: 'approve' | 'request-changes',
    { contentHash, version }: Look,
  ): Promise<void> {
    const { counts } = this.ledger;
    const from = Date.now();
    const json = { decision: verdict, contentHash };
    const answer = await tryOnce((signal) =>
      this.as(organization, who, 'POST', `/v1/posts/${postId}/approval/decisions`, { json, signal }),
    );
    const standing = this.standingOf(answer);
    if (standing) {
      approval?.steps.push({ kind: 'decide', who, version, verdict, standing, from, at: Date.now() });
      counts['decisions taken'] += 1;
    } else if (answer?.body.contentHash !== undefined) counts['decisions refused as stale'] += 1;
    else counts['decisions refused otherwise'] += 1;
  }

  /** What one of them sees of a post at one moment; undefined where nobody has asked, or it is gone. */
  private async look(organization: number, { postId }: Intent, who: number): Promise<Look | undefined> {
    const get = (path: string) =>
      untilAnswered((signal) => this.as(organization, who, 'GET', `/v1/posts/${postId}${path}`, { signal }));
    for (let tries = 0; tries < LOOKS; tries += 1) {
      const [post, approval] = [await get(''), await get('/approval')];
      if (post.status === 404 || approval.status === 404) return undefined;
      expectStatus(post, 200);
      const { contentHash, revision, state, steps } = expectStatus(approval, 200).body;
      // Somebody edited in between: what was read does not belong to that hash.
      if (revision !== post.body.revision) continue;
      if (state === 'none') return undefined;
      const version = readMark(post.body.content.text)?.version;
      if (version === undefined) throw new Error(`A post says "${post.body.content.text}".`);
      const open = steps.find((step: { state: string }) => step.state === 'open');
      const ids: string[] = (open?.waitingFor ?? []).map(({ id }: { id: string }) => id);
      const { people } = this.team(organization);
      const waitingFor = ids.map((id) => people.findIndex(({ userId }) => userId === id)).toSorted();
      const look = { contentHash, version, waitingFor, missing: open ? open.needed - open.approvedBy.length : 0 };
      this.looked.set(postId, [...(this.looked.get(postId) ?? []), look]);
      return look;
    }
    throw new Error('A post was changed as often as somebody looked at it.');
  }

  /** Undefined = refused, and nothing happened. */
  private standingOf(answer: Answer | undefined): Standing | undefined {
    if (answer === undefined) {
      this.ledger.counts['approval requests whose answer was lost'] += 1;
      return 'perhaps';
    }
    if (answer.status < 300) return 'acknowledged';
    if (answer.status === 403 || answer.status === 404 || answer.status === 409) return undefined;
    throw new Error(`A request about an approval was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  private async join(owner: Customer, organization: number, index: number): Promise<Person> {
    const email = `approver-${process.pid}-${organization}-${index}@example.com`;
    const { body: account } = expectStatus(await owner.request('GET', '/v1/me'), 200);
    const invitation = { email, role: 'member', workspaces: [{ id: owner.workspaceId, role: 'approver' }] };
    const path = `/v1/organizations/${account.organization.id}/invitations`;
    expectStatus(await owner.request('POST', path, { json: invitation }), 201);
    const person = { name: `Approver ${index}`, password: 'a long passphrase' };
    const { url } = this.installation.addresses;
    const token = await this.tokenFor(email);
    const joined = expectStatus(await ask('POST', `${url}/v1/invitations/${token}/accept`, { json: person }), 200);
    const cookie = joined.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return { userId: joined.body.user.id, cookie };
  }

  /** The end of the link in the letter to an address. */
  private async tokenFor(email: string): Promise<string> {
    const [letter] = await this.installation.query<{ id: string; body: string }>(
      'select id, body from mails where address = $1 and body is not null order by id desc limit 1',
      [email],
    );
    if (!letter) throw new Error(`No letter went to ${email}.`);
    const opened = await new Vault(SECRET_KEY).decrypt<{ letter: { action?: { address: string } } }>(
      letter.body,
      `mail:${letter.id}`,
    );
    return opened.letter.action?.address.split('/').at(-1) ?? '';
  }

  private as(
    organization: number,
    who: number,
    method: string,
    path: string,
    init: RequestInit & { json?: unknown },
  ): Promise<Answer> {
    const { cookie } = this.team(organization).people[who] ?? { cookie: '' };
    return ask(method, `${this.installation.addresses.url}${path}`, { ...init, headers: { cookie } });
  }

  private team(organization: number): Team {
    const team = this.teams.get(organization);
    if (!team) throw new Error(`Nobody approves in organization ${organization}.`);
    return team;
  }
}
