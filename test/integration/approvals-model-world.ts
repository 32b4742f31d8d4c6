import { randomUUID } from 'node:crypto';
import { Problem } from '#kernel';
import { type ApprovalMode, ApprovalsService, type PostChange, type Verdict } from '#planning';
import { type VisiblePost } from '#platforms/core';
import { type Actor } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { type TestEngine, type TestTenant } from '../support/engine.js';
import { type Part, type Step, WORKFLOWS } from './approvals-model-steps.js';
import {
  CLIENT,
  type Member,
  MEMBERS,
  type MemberRole,
  ModelPost,
  type ModelStep,
  ModelWorkspace,
  type Somebody,
} from './approvals-oracle.js';

/** What a post says: a place for each part that can be changed. */
type Values = Record<Part, number>;

/** How often what is interesting happened, over all histories. */
export const COVERED = [
  ...[
    'went out approved',
    'went out free',
    'kept back',
    'decided',
    'decided by the client',
    'decided in place of others',
  ],
  ...['refused as stale', 'approved by an author', 'went out after a retry', 'went out after an edit', 'taken back'],
  ...['went out under other steps than those of now', 'two rounds', 'approved while a member was gone'],
] as const;
export type Covered = (typeof COVERED)[number];
export type Coverage = Record<Covered, number>;

interface Post {
  id: string;
  /** In every text of it. */
  word: string;
  channels: readonly string[];
  values: Values;
  model: ModelPost;
  /** Of the hashes that somebody saw, the one before the last. */
  looked: string;
  rounds: number;
  edits: number;
  /** Its steps when it was asked last. */
  steps: readonly ModelStep[];
  retried: boolean;
}

const ADDRESS = 'client@example.com';
const VISIBILITIES = ['public', 'unlisted'];

/** A workspace with two posts, its people, and everything that a history does to them, told to the model as people know it. */
export class ApprovalsWorld {
  private readonly ids = new Map<Member, string>();
  private readonly model = new ModelWorkspace();
  private readonly posts: Post[] = [];

  private constructor(
    private readonly engine: TestEngine,
    private readonly worker: EngineParts,
    private readonly tenant: TestTenant,
    private readonly covered: Coverage,
    private readonly image: string,
    private readonly channels: readonly string[],
  ) {}

  /** A workspace with its people and channels, which histories have one after the other. */
  static async start(engine: TestEngine, worker: EngineParts, covered: Coverage): Promise<ApprovalsWorld> {
    const tenant = await engine.tenant();
    const channels = [
      await engine.account(tenant, 'mastodon', 'model'),
      await engine.account(tenant, 'webhook', 'model'),
    ];
    const world = new ApprovalsWorld(engine, worker, tenant, covered, await engine.image(tenant), channels);
    await world.invite();
    return world;
  }

  /** Everything as it is before a history: everybody there, and two posts that nobody has approved. */
  async begin(name: string): Promise<void> {
    const { organizationId, author } = this.tenant;
    for (const { id } of this.posts.splice(0)) {
      const { post } = await this.engine.posts.get(organizationId, id);
      await this.tried(this.engine.posts.delete(author, id, post.version));
    }
    for (const one of MEMBERS) {
      await this.appoint(one, one === 'manager' ? 'manager' : 'approver');
      await this.send(one, undefined);
    }
    this.model.workflow = { mode: 'required', selfApproval: false, timeMatters: false, steps: WORKFLOWS[0]! };
    await this.keepWorkflow();
    await this.write(`${name}a`, this.channels);
    await this.write(`${name}b`, this.channels.slice(0, 1));
  }

  /** Carries a step out. Throws where something is seen that must not be. */
  async does(step: Step): Promise<void> {
    switch (step.do) {
      case 'mode':
        return this.setMode(step.mode);
      case 'workflow': {
        const { selfApproval, timeMatters } = step;
        this.model.workflow = { ...this.model.workflow, selfApproval, timeMatters, steps: WORKFLOWS[step.steps]! };
        return this.keepWorkflow();
      }
      case 'member':
        return this.appoint(step.who, step.role);
      case 'away':
        return this.send(step.who, step.deputy);
      default:
        return this.doesTo(this.posts[step.post]!, step);
    }
  }

  private async doesTo(post: Post, step: Extract<Step, { post: number }>): Promise<void> {
    switch (step.do) {
      case 'edit':
        return this.edit(post, { ...post.values, [step.part]: step.value }, step.by);
      case 'reschedule':
        if (await this.update(post, { schedule: 'now' }, this.tenant.author.actor)) post.model.moves();
        return;
      case 'ask':
        return this.ask(post);
      case 'agree':
        // Whoever is away leaves it to their deputy.
        for (const who of [...MEMBERS, CLIENT] as const) {
          const isThere = who === CLIENT || !this.model.away.has(who);
          if (isThere && post.model.mayDecide(who, 'approve')) await this.decide(post, who, 'approve', false);
        }
        return;
      case 'decide':
        return this.decide(post, step.who, step.verdict, step.stale);
      case 'refuse':
        this.engine.sandbox.faults.add({
          kind: step.kind,
          platform: 'mastodon',
          operation: 'commit',
          match: post.word,
        });
        return this.attempt(post);
      case 'retry':
        return this.retry(post);
      case 'attempt':
        return this.attempt(post);
    }
  }

  private async edit(post: Post, values: Values, by: 'author' | 'manager'): Promise<void> {
    const actor = by === 'author' ? this.tenant.author.actor : this.actorOf(by);
    if (!(await this.update(post, this.written(post, values), actor))) return;
    if (JSON.stringify(values) !== JSON.stringify(post.values)) post.edits += 1;
    post.values = values;
    post.model.says(JSON.stringify(values), by);
  }

  private async ask(post: Post): Promise<void> {
    const { organizationId, author } = this.tenant;
    if (!(await this.tried(this.approvals.request(organizationId, post.id, author.actor)))) return;
    post.model.ask();
    post.steps = this.model.workflow.steps;
    post.rounds += 1;
  }

  private async decide(post: Post, who: Somebody, verdict: Verdict, stale: boolean): Promise<void> {
    const { organizationId } = this.tenant;
    const now = (await this.approvals.get(organizationId, post.id)).contentHash;
    const contentHash = stale ? post.looked : now;
    post.looked = now;
    const key = who === CLIENT ? (`client:${ADDRESS}` as const) : (`member:${this.ids.get(who)!}` as const);
    const decided = await this.tried(
      this.approvals.decide({ organizationId, key, actor: this.actorOf(who) }, post.id, { verdict, contentHash }),
    );
    if (!decided) {
      if (contentHash !== now) this.covered['refused as stale'] += 1;
      return;
    }
    // Only about what is there now, and only by whoever is asked.
    expect({ decided: contentHash }).toEqual({ decided: now });
    expect({ who, verdict, may: post.model.mayDecide(who, verdict) }).toEqual({ who, verdict, may: true });
    const before = post.model.isSurelyApproved();
    post.model.decide(who, verdict);
    this.covered.decided += 1;
    if (who === CLIENT) this.covered['decided by the client'] += 1;
    if (who === 'deputy' && this.model.absentFor(who).length > 0) this.covered['decided in place of others'] += 1;
    if (post.model.authors.has(who) && verdict === 'approve') this.covered['approved by an author'] += 1;
    if (before && verdict === 'request-changes') this.covered['taken back'] += 1;
    if (post.model.isSurelyApproved() && this.model.roles.size < MEMBERS.length) {
      this.covered['approved while a member was gone'] += 1;
    }
  }

  /** Its failed publications are sent once more, as a person may ask for at any time. */
  private async retry(post: Post): Promise<void> {
    for (const { id } of await this.publicationsOf(post, 'failed')) {
      const done = await this.tried(
        this.engine.act(this.tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record)),
      );
      post.retried ||= done;
    }
  }

  /** Lets the time come for everything of a post, and looks at what became visible. */
  private async attempt(post: Post): Promise<void> {
    const before = new Set(this.shownOf(post).map(({ id }) => id));
    for (const { id } of await this.publicationsOf(post, 'scheduled', 'preparing', 'ready', 'held')) {
      await this.engine.skipWait(id);
      await this.worker.dispatcher.dispatch();
      const { invitation } = await this.engine.find(id);
      if (invitation !== null) await this.worker.runner.run({ publicationId: id, invitation });
    }
    const shown = this.shownOf(post);
    const fresh = shown.filter(({ id }) => !before.has(id));
    expect(shown.length).toBeLessThanOrEqual(post.channels.length);
    const may = post.model.mayBeSeen();
    if (fresh.length === 0 && !may) this.covered['kept back'] += 1;
    for (const one of fresh) {
      expect(asSeen(one)).toEqual(this.expected(post, one.platform));
      expect({ seen: one.text, approved: may }).toEqual({ seen: one.text, approved: true });
      this.count(post);
    }
    // What everybody agreed to is not kept back either.
    const waiting = await this.publicationsOf(post, 'held');
    const kept = waiting.filter(({ held_reason }) =>
      /^(approval-missing|changed-after-approval)$/.test(held_reason ?? ''),
    );
    if (post.model.isSurelyApproved()) expect(kept).toEqual([]);
  }

  private count(post: Post): void {
    this.covered[post.model.isBound() ? 'went out approved' : 'went out free'] += 1;
    if (!post.model.isBound()) return;
    if (post.retried) this.covered['went out after a retry'] += 1;
    if (post.edits > 0) this.covered['went out after an edit'] += 1;
    if (post.rounds > 1) this.covered['two rounds'] += 1;
    if (post.steps !== this.model.workflow.steps) this.covered['went out under other steps than those of now'] += 1;
  }

  private expected(post: Post, platform: string) {
    const onMastodon = platform === 'mastodon';
    const { text, own, alt, setting } = post.values;
    return {
      text: onMastodon && own > 0 ? `${post.word} own ${own}` : `${post.word} text ${text}`,
      alt: `description ${alt}`,
      ...(onMastodon && { visibility: VISIBILITIES[setting] }),
    };
  }

  private shownOf(post: Post): VisiblePost[] {
    return this.engine.sandbox.visible().filter(({ text }) => text.startsWith(`${post.word} `));
  }

  private async publicationsOf(post: Post, ...states: string[]): Promise<{ id: string; held_reason: string | null }[]> {
    const { rows } = await this.engine.owner.query<{ id: string; held_reason: string | null }>(
      'select id, held_reason from publications where post_id = $1 and state = any($2) order by id',
      [post.id, states],
    );
    return rows;
  }

  private written({ word, channels }: Pick<Post, 'word' | 'channels'>, { text, own, alt, setting }: Values) {
    const [mastodon, ...others] = channels;
    return {
      content: { text: `${word} text ${text}` },
      media: [{ id: this.image, altText: `description ${alt}` }],
      channels: [
        {
          id: mastodon!,
          settings: { visibility: VISIBILITIES[setting]! },
          ...(own > 0 && { content: { text: `${word} own ${own}` } }),
        },
        ...others.map((id) => ({ id })),
      ],
    };
  }

  private async write(word: string, channels: readonly string[]): Promise<void> {
    const values = { text: 0, own: 0, alt: 0, setting: 0 };
    const input = { ...this.written({ word, channels }, values), schedule: 'now' as const };
    const { author, workspaceId, organizationId } = this.tenant;
    const { post } = await this.engine.posts.create(author, workspaceId, input, undefined, (created) => created);
    const model = new ModelPost(this.model);
    model.says(JSON.stringify(values), 'author');
    const looked = (await this.approvals.get(organizationId, post.id)).contentHash;
    const fresh = { rounds: 0, edits: 0, steps: [], retried: false };
    this.posts.push({ id: post.id, word, channels, values, model, looked, ...fresh });
  }

  private async update(post: Post, change: PostChange, actor: Actor): Promise<boolean> {
    const { organizationId } = this.tenant;
    const { post: found } = await this.engine.posts.get(organizationId, post.id);
    return this.tried(this.engine.posts.update({ organizationId, actor }, post.id, found.version, change));
  }

  private async setMode(mode: ApprovalMode): Promise<void> {
    this.model.workflow = { ...this.model.workflow, mode };
    await this.keepWorkflow();
  }

  private async keepWorkflow(): Promise<void> {
    const { mode, selfApproval, timeMatters, steps } = this.model.workflow;
    const { organizationId, workspaceId, author } = this.tenant;
    await this.approvals.setWorkflow(organizationId, workspaceId, author.actor, {
      ...{ mode, selfApproval, rescheduleNeedsApproval: timeMatters },
      steps: steps.map(({ members = [], role, client, rule }, index) => ({
        name: `Step ${index + 1}`,
        approvers: {
          members: members.map((one) => this.ids.get(one)!),
          ...(role && { roles: [role] }),
          ...(client && { clients: [ADDRESS] }),
        },
        rule,
      })),
    });
  }

  private async invite(): Promise<void> {
    for (const one of MEMBERS) {
      const id = randomUUID();
      this.ids.set(one, id);
      await this.engine.owner.query(
        `with u as (insert into users (id, email, name, password_hash) values ($1, $2, $3, '') returning id)
         insert into members (organization_id, user_id, role) select $4, id, 'member' from u`,
        [id, `${id}@example.com`, one, this.tenant.organizationId],
      );
    }
  }

  /** Gives a member another role in the workspace, or none. */
  private async appoint(who: Member, role: MemberRole | undefined): Promise<void> {
    const { organizationId, workspaceId } = this.tenant;
    const id = this.ids.get(who);
    if (role === undefined) this.model.roles.delete(who);
    else this.model.roles.set(who, role);
    await this.engine.owner.query(
      role === undefined
        ? 'delete from workspace_members where organization_id = $1 and workspace_id = $2 and user_id = $3'
        : `insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, '${role}')
           on conflict (workspace_id, user_id) do update set role = excluded.role`,
      [organizationId, workspaceId, id],
    );
  }

  /** Somebody goes away and leaves it to somebody else to decide, or comes back. */
  private async send(who: Member, deputy: Member | undefined): Promise<void> {
    const { organizationId } = this.tenant;
    if (deputy === who) return;
    await this.engine.owner.query('delete from absences where organization_id = $1 and user_id = $2', [
      organizationId,
      this.ids.get(who),
    ]);
    this.model.away.delete(who);
    if (deputy === undefined) return;
    this.model.away.set(who, deputy);
    await this.engine.owner.query(
      `insert into absences (organization_id, user_id, from_at, until_at, delegate_id)
       values ($1, $2, now() - interval '1 day', now() + interval '1 day', $3)`,
      [organizationId, this.ids.get(who), this.ids.get(deputy)],
    );
  }

  private actorOf(who: Somebody): Actor {
    return who === CLIENT
      ? { type: 'client', id: ADDRESS, name: who }
      : { type: 'user', id: this.ids.get(who)!, name: who };
  }

  /** Whether it was done; a refusal is an answer, and nothing happened. */
  private async tried(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof Problem && [403, 409, 412].includes(error.status)) return false;
      throw error;
    }
  }

  private get approvals(): ApprovalsService {
    return this.engine.service(ApprovalsService);
  }
}

function asSeen({ platform, text, media, details }: VisiblePost) {
  return {
    text,
    alt: media.map(({ altText }) => altText).join(),
    ...(platform === 'mastodon' && { visibility: details?.['visibility'] }),
  };
}
