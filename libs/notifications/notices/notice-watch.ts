import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  type Config,
  Database,
  followEvents,
  isMailAddress,
  MailQueue,
  type RecordedEvent,
  rows,
  type Transaction,
} from '#kernel';
import {
  type ApproverKey,
  authorsOf,
  isLeftOver,
  LeftOverApprovals,
  peopleOf,
  ReviewLinksService,
  type Standing,
  standingsOf,
} from '#planning';
import { type AskPlan, type AskReason, planAsks, type Told } from './asks.js';
import { clientLetter } from './client-letter.js';
import {
  approvalsOf,
  closeAsks,
  closeNotices,
  keepAsks,
  keepNext,
  keepNotices,
  type NewNotice,
  type NoticeEvent,
  type NoticePost,
  participantsOf,
  takeEvents,
  takePosts,
  toldOf,
} from './notice-store.js';
import { askedNow, type KnownPost, outcomesOf, TOLD_EVENTS } from './outcomes.js';

/** Organizations that one round serves at most; the others come with the next. */
const ORGANIZATIONS = 200;
/** So often a post about which somebody is told something is compared with how it stands, whatever happened, in seconds. */
const COMPARE_SECONDS = 60;

/** An approval, what is to be told of it, and of which post. */
interface Planned {
  post: NoticePost;
  standing: Standing;
  plan: AskPlan;
}

/**
 * Tells people what waits for them and what became of what they wrote or said. What happened is read from the events; for
 * whom an approval waits is compared with what they were told, so that no reminder is lost, and nothing told twice.
 */
@Injectable()
export class NoticeWatch {
  constructor(
    private readonly database: Database,
    private readonly mails: MailQueue,
    private readonly links: ReviewLinksService,
    private readonly leftOver: LeftOverApprovals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One round. @param stopped whether to begin with no further organization */
  async look(stopped: () => boolean = () => false): Promise<void> {
    while (!stopped() && (await followEvents(this.database, 'notices', follow)) > 0);
    const waiting = await this.database.engine((tx) => rows<{ id: string }>(tx, WAITING, []));
    for (const { id } of waiting) {
      if (stopped()) return;
      const leftOver = await this.database.tenant(id, (tx) => this.tell(tx));
      for (const postId of leftOver) await this.leftOver.settle(id, postId);
    }
  }

  /** In one transaction: what is kept as told is told. @returns posts for whose approval nobody is waited for any more */
  private async tell(tx: Transaction): Promise<string[]> {
    const posts = await takePosts(tx);
    if (posts.length === 0) return [];
    const ids = posts.map(({ id }) => id);
    const events = await takeEvents(tx, ids);
    const standings = await standingsOf(tx, await approvalsOf(tx, ids));
    const told = await toldOf(tx, ids);
    const planned = posts.flatMap((post): Planned[] => {
      const standing = standings.get(post.id);
      const before = told.filter((one) => one.post_id === post.id);
      return standing ? [{ post, standing, plan: planFor(post, standing, before) }] : [];
    });
    await closeAsks(
      tx,
      planned.flatMap(({ post, plan }) => plan.close.map((asked) => ({ post_id: post.id, asked }))),
    );
    const outcomes = await outcomesIn(tx, posts, events, standings);
    await keepNotices(tx, [...outcomes, ...planned.flatMap(asksToMembers)]);
    for (const one of planned) await this.ask(tx, one);
    await closeNotices(tx, posts);
    const next = new Map(planned.map(({ post, plan }) => [post.id, plan.next ?? null]));
    await keepNext(tx, new Map(ids.map((id) => [id, next.get(id) ?? null])), COMPARE_SECONDS);
    return planned.filter(({ post, standing }) => post.waits && isLeftOver(standing)).map(({ post }) => post.id);
  }

  /** Mails the clients that are asked, and keeps who was told. */
  private async ask(tx: Transaction, planned: Planned): Promise<void> {
    const { post, standing, plan } = planned;
    for (const { key, why } of plan.tell) {
      if (key.startsWith('client:')) await this.mailClient(tx, planned, key.slice('client:'.length), why);
    }
    const { approval, progress, now } = standing;
    const step = progress.current ?? 0;
    await keepAsks(
      tx,
      plan.tell.map(({ key }) => ({ ...approval, post_id: post.id, asked: key, step })),
      now,
    );
  }

  private async mailClient(tx: Transaction, { post, standing }: Planned, email: string, why: AskReason): Promise<void> {
    // Nobody can be written to there; who asked sees that it waits for them.
    if (!isMailAddress(email)) return;
    const { organization_id: organizationId, workspace_id: workspaceId, id: postId } = post;
    const address = await this.links.ensureFor(tx, { organizationId, workspaceId, postId, email });
    const letter = clientLetter({
      ...{ why, address, text: post.text, due: standing.due, timeZone: post.time_zone },
      by: standing.approval.requested_by.name ?? post.organization_name,
      organization: post.organization_name,
      workspace: post.workspace_name,
    });
    await this.mails.add(tx, { to: { address: email }, organizationId, kind: 'review', letter });
  }
}

/** What people were told of posts is kept for so long, in days. */
const KEEP_DAYS = 90;

/** Forgets what people were told of posts long ago. Returns how many. */
export async function forgetOldNotices(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(
      tx,
      'delete from notifications where alert_id is null and at < now() - make_interval(days => $1) returning id',
      [KEEP_DAYS],
    ),
  );
  return forgotten.length;
}

const WAITING = `
select organization_id as id from notice_posts where look_at <= now() group by 1 order by min(look_at)
 limit ${ORGANIZATIONS}`;

/** Remembers to which posts something happened, and what of it is to be told. */
async function follow(tx: Transaction, events: RecordedEvent[]): Promise<void> {
  const ofPosts = events.flatMap((event) => {
    const { postId } = event.data;
    const known =
      event.type.startsWith('approval.') || event.type.startsWith('comment.') || event.type.startsWith('post.');
    return known && event.workspaceId !== null && typeof postId === 'string' ? [{ ...event, postId }] : [];
  });
  if (ofPosts.length === 0) return;
  const last = [...new Map(ofPosts.map((event) => [event.postId, event])).values()];
  await tx.query(
    `insert into notice_posts (post_id, organization_id, workspace_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) order by 1
     on conflict (post_id) do update set look_at = least(notice_posts.look_at, now())`,
    [last.map((one) => one.postId), last.map((one) => one.organizationId), last.map((one) => one.workspaceId)],
  );
  const told = ofPosts.filter(({ type }) => TOLD_EVENTS.includes(type));
  await tx.query(
    `insert into notice_events (id, organization_id, workspace_id, post_id, type, data, at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::jsonb[], $7::timestamptz[])`,
    [
      told.map(({ id }) => id),
      told.map(({ organizationId }) => organizationId),
      told.map(({ workspaceId }) => workspaceId),
      told.map(({ postId }) => postId),
      told.map(({ type }) => type),
      told.map(({ data }) => JSON.stringify(data)),
      told.map(({ at }) => at),
    ],
  );
}

function planFor(post: NoticePost, standing: Standing, told: readonly Told[]): AskPlan {
  const { approval, progress, now, due, decisions } = standing;
  const { round, content_hash: hash, since, reminders, escalation } = approval;
  const step = progress.current;
  const open = step === undefined ? undefined : standing.steps[step];
  const waiting = post.waits && progress.state === 'pending' ? [...askedNow(standing)] : [];
  return planAsks({
    ...{ now, due, since, round, hash, reminders, told, step: step ?? 0 },
    escalation: escalation?.hours ?? null,
    decided: decisions.some((one) => one.round === round && one.content_hash === hash),
    waiting: waiting.map(([key, seats]) => ({
      key,
      escalated: seats.every((seat) => open?.eligible.includes(seat) === false),
    })),
  });
}

function asksToMembers({ post, standing, plan }: Planned): NewNotice[] {
  const { approval, progress, decisions, people } = standing;
  const seats = askedNow(standing);
  const nameOf = (key: ApproverKey) => people.find(({ id }) => `member:${id}` === key)?.name ?? key;
  return plan.tell.flatMap(({ key, why }): NewNotice[] => {
    if (!key.startsWith('member:')) return [];
    const userId = key.slice('member:'.length);
    const approvedBefore = decisions.some(
      (one) =>
        one.round === approval.round && one.verdict === 'approve' && (one.decided_by ?? idOf(one.approver)) === userId,
    );
    const inPlaceOf = (seats.get(key) ?? []).filter((seat) => seat !== key).map(nameOf);
    const step = approval.steps[progress.current ?? 0]?.name;
    const { id: asker, name } = approval.requested_by;
    const about = { by: asker === userId ? undefined : name, why, approvedBefore, inPlaceOf, step };
    return [{ userId, cause: 'approval:waiting', postId: post.id, about }];
  });
}

function idOf(key: ApproverKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** What of some events is to be told to whom, as people and posts stand now. */
async function outcomesIn(
  tx: Transaction,
  posts: readonly NoticePost[],
  events: readonly NoticeEvent[],
  standings: ReadonlyMap<string, Standing>,
): Promise<NewNotice[]> {
  if (events.length === 0) return [];
  const about = posts.filter(({ id }) => events.some((event) => event.post_id === id));
  const people = await peopleOf(tx, [...new Set(about.map(({ workspace_id: id }) => id))]);
  const authors = await authorsOf(
    tx,
    about.map(({ id }) => id),
  );
  const threads = events.flatMap(({ data }) => data['parentId'] ?? []).filter((id) => typeof id === 'string');
  const participants = await participantsOf(tx, threads);
  const known = new Map(
    about.map(({ id, workspace_id: workspaceId }): [string, KnownPost] => [
      id,
      {
        ...{ postId: id, standing: standings.get(id), authors: authors.get(id) ?? new Set(), participants },
        people: new Set((people.get(workspaceId) ?? []).map((one) => one.id)),
      },
    ]),
  );
  return events.flatMap((event) => {
    const post = known.get(event.post_id);
    return post ? outcomesOf(event, post) : [];
  });
}
