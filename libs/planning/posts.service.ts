import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, type IdempotencyClaim, once, Problem, recordEvents, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import {
  type Actor,
  AskedTermsService,
  begunAmong,
  BudgetOutlook,
  NOT_ASKED,
  PublicationsService,
  type PublicationRecord,
  type PublicationState,
} from '#publishing';
import { ApprovalsService, dueOfAll, isOut } from './approvals/approvals.service.js';
import { waitingOf, type WaitingView } from './approvals/waiting.js';
import { dueOf, type Reading } from './due.js';
import { type ChannelTarget, type PostContent, postHash, type Schedule } from './post-content.js';
import { alreadyPublishing, PostChanges } from './post-changes.js';
import { postEvents } from './post-events.js';
import { keepMedia } from './post-media.js';
import { type PlannedAttachment, withRenditions } from './planned-attachments.js';
import { findPost, lockPost, newPublications, type PostRecord, SELECT_POST } from './post-record.js';
import { type Preflight, type PreflightNotice, PreflightService } from './preflight.js';
import { budgetNotice } from './preflight-outlook.js';

/** Who acts, and for which organization. */
export interface Author {
  organizationId: string;
  actor: Actor;
}

export interface NewPost extends PostContent {
  schedule: Schedule;
}

/** Only what is to change. */
export interface PostChange {
  content?: PostContent['content'];
  media?: PostContent['media'];
  channels?: ChannelTarget[];
  schedule?: Schedule;
}

/** A post with its publications. */
export interface PostWithPublications {
  post: PostRecord;
  publications: PublicationRecord[];
  /** In lists: where one was asked for and is not there yet. */
  approval?: WaitingView | undefined;
}

/** What a post said from one change of its content to the next. */
export interface Revision {
  number: number;
  content: PostContent;
  author: Actor;
  createdAt: Date;
}

const IS_DRAFT = `not exists (select 1 from publications q where q.post_id = p.id and q.state <> 'cancelled')`;

const ENDED: readonly PublicationState[] = ['published', 'cancelled'];

/** A post with its first revision, in one statement since every post that is created passes here. */
const INSERT_POST = `
  with p as (
    insert into posts (id, organization_id, workspace_id, revision, created_by) values ($1, $2, $3, 1, $4) returning *),
  r as (
    insert into post_revisions (post_id, number, organization_id, content, content_hash, author)
    select id, revision, organization_id, $5, $6, created_by from p returning content)
  select p.id, p.organization_id, p.workspace_id, p.revision, p.version, r.content, p.created_at, p.updated_at from p, r`;

/** Posts: written, kept as immutable revisions, scheduled as publications. */
@Injectable()
export class PostsService {
  constructor(
    private readonly database: Database,
    private readonly preflight: PreflightService,
    private readonly publications: PublicationsService,
    private readonly changes: PostChanges,
    private readonly approvals: ApprovalsService,
    private readonly registry: PlatformRegistry,
    private readonly terms: AskedTermsService,
    private readonly outlook: BudgetOutlook,
  ) {}

  /** Creates a post, its first revision and, unless it is a draft, a publication for each channel. */
  async create<V extends object>(
    author: Author,
    workspaceId: string,
    input: NewPost,
    claim: IdempotencyClaim | undefined,
    view: (created: PostWithPublications) => V,
  ): Promise<V> {
    const terms = await this.termsFor(author.organizationId, input.schedule, input.channels);
    return once(this.database, author.organizationId, claim, async (tx) => {
      const due = dueOf(input.schedule, await this.reading(tx, workspaceId));
      const content: PostContent = { content: input.content, media: input.media, channels: input.channels };
      const preflight = await this.preflight.check(tx, workspaceId, content, terms);
      refuseBroken(preflight, due === undefined);
      const post = await this.insert(tx, author, workspaceId, content);
      await recordEvents(tx, ...postEvents(post, author.actor, { created: true, due }));
      const cleared = await this.approvals.ofNewPost(tx, workspaceId);
      const publications = due
        ? await this.publications.schedule(tx, author.actor, newPublications(post, preflight, due, cleared))
        : [];
      return view({ post, publications });
    });
  }

  /** Every rule that stands against publishing this, and what is done to its files, without creating it. */
  async validate(
    organizationId: string,
    workspaceId: string,
    input: NewPost,
  ): Promise<Pick<Preflight, 'errors' | 'costs' | 'notices'> & { media: PlannedAttachment[] }> {
    const terms = await this.termsFor(organizationId, input.schedule, input.channels);
    const { preflight, due, media } = await this.database.tenant(organizationId, async (tx) => {
      const reading = await this.reading(tx, workspaceId);
      const preflight = await this.preflight.check(tx, workspaceId, input, terms);
      let due: Date | undefined;
      try {
        due = dueOf(input.schedule, reading)?.at;
      } catch (error) {
        if (!(error instanceof Problem) || !error.errors) throw error;
        preflight.errors.push(...error.errors);
      }
      return { preflight, due, media: await withRenditions(tx, preflight.media) };
    });
    const { errors, costs, notices } = preflight;
    return { errors, costs, notices: [...notices, ...(await this.mayWait(preflight, due))], media };
  }

  /** What platforms say right now of these channels. Nobody is asked for a draft, which may break their rules. */
  private async termsFor(organizationId: string, schedule: Schedule, channels: readonly ChannelTarget[]) {
    if (schedule === null) return NOT_ASKED;
    return this.terms.ask(
      organizationId,
      channels.map(({ id }) => id),
    );
  }

  private async mayWait({ needs, contents }: Preflight, due: Date | undefined): Promise<PreflightNotice[]> {
    if (!due) return [];
    const channels = [...needs].map(([channelId, taken]) => ({ channelId, needs: taken }));
    const found = await this.outlook.mayWait(
      channels.filter(({ channelId }) => contents.has(channelId)),
      due,
    );
    return found.map((one) => budgetNotice(one, this.registry.get(one.platform).adapter.manifest));
  }

  /** What each channel of a post gets of each file, and how far the making of it is. */
  async media(organizationId: string, id: string): Promise<PlannedAttachment[]> {
    return this.database.tenant(organizationId, async (tx) => {
      const post = await findPost(tx, id);
      const { media } = await this.preflight.check(tx, post.workspace_id, post.content);
      return withRenditions(tx, media);
    });
  }

  async get(organizationId: string, id: string): Promise<PostWithPublications> {
    return this.database.tenant(organizationId, async (tx) => {
      const post = await findPost(tx, id);
      return { post, publications: await this.publications.listOfPosts(tx, [id]) };
    });
  }

  /** Newest first, after the post `after`. A draft has no publication but such as were cancelled. */
  async list(
    organizationId: string,
    workspaceId: string,
    page: { limit: number; after?: string; drafts?: boolean },
  ): Promise<PostWithPublications[]> {
    return this.database.tenant(organizationId, async (tx) => {
      await this.reading(tx, workspaceId);
      const posts = await rows<PostRecord>(
        tx,
        `${SELECT_POST} and p.workspace_id = $1
           and ($2::uuid is null or (p.created_at, p.id) < (select created_at, id from posts where id = $2))
           ${page.drafts ? `and ${IS_DRAFT}` : ''}
         order by p.created_at desc, p.id desc limit $3`,
        [workspaceId, page.after ?? null, page.limit],
      );
      const publications = await this.publications.listOfPosts(
        tx,
        posts.map((post) => post.id),
      );
      const waiting = await waitingOf(
        tx,
        posts.map((post) => post.id),
      );
      return posts.map((post) => {
        const own = publications.filter((item) => item.post_id === post.id);
        return { post, publications: own, approval: isOut(own) ? undefined : waiting.get(post.id) };
      });
    });
  }

  /** What a post said, newest first, before the revision `before`. */
  async revisions(
    organizationId: string,
    id: string,
    page: { limit: number; before?: number | undefined },
  ): Promise<Revision[]> {
    return this.database.tenant(organizationId, async (tx) => {
      await findPost(tx, id);
      return rows<Revision>(
        tx,
        `select number, content, author, created_at as "createdAt" from post_revisions
          where post_id = $1 and ($2::int is null or number < $2) order by number desc limit $3`,
        [id, page.before ?? null, page.limit],
      );
    });
  }

  /** Changes a post. What has not been fenced follows; what is between fence and outcome refuses the whole change. */
  async update(author: Author, id: string, version: number, change: PostChange): Promise<PostWithPublications> {
    const terms = await this.termsForChange(author.organizationId, id, change);
    return this.database.tenant(author.organizationId, async (tx) => {
      const post = await this.lock(tx, id, version);
      const publications = await this.publications.lockOfPost(tx, id);
      const reading = await this.reading(tx, post.workspace_id);
      const due = change.schedule === undefined ? undefined : dueOf(change.schedule, reading);
      const content: PostContent = {
        content: change.content ?? post.content.content,
        media: change.media ?? post.content.media,
        channels: change.channels ?? post.content.channels,
      };
      const scheduled = publications.some((publication) => publication.state !== 'cancelled');
      const isDraft = change.schedule === null || (due === undefined && !scheduled);
      const preflight = await this.preflight.check(tx, post.workspace_id, content, terms);
      refuseBroken(preflight, isDraft);
      const revised = await this.revise(tx, author, post, content);
      const updated = revised.revision !== post.revision || (change.schedule === null && scheduled);
      await recordEvents(tx, ...postEvents(revised, author.actor, { updated, due }));
      const cleared = await this.approvals.follow(
        tx,
        author.actor,
        revised,
        preflight,
        due?.at ?? dueOfAll(publications),
      );
      const plan = { post: revised, publications, preflight, due, cleared, unschedule: change.schedule === null };
      await this.changes.apply(tx, author.actor, plan);
      await this.approvals.settle(tx, author.actor, id, cleared);
      return { post: revised, publications: await this.publications.listOfPosts(tx, [id]) };
    });
  }

  /** The same for a post that is changed: for the channels that it has then, where it has a time then. */
  private async termsForChange(organizationId: string, id: string, { schedule, channels }: PostChange) {
    if (schedule === null || !this.terms.any) return NOT_ASKED;
    if (schedule !== undefined && channels) return this.termsFor(organizationId, schedule, channels);
    const { post, publications } = await this.get(organizationId, id);
    const planned = schedule !== undefined || publications.some(({ state }) => !ENDED.includes(state));
    return planned ? this.termsFor(organizationId, 'now', channels ?? post.content.channels) : NOT_ASKED;
  }

  /** Deletes a post of which nothing is out, or the rest was cancelled: its publications are cancelled, their log stays. */
  async delete(author: Author, id: string, version: number): Promise<void> {
    await this.database.tenant(author.organizationId, async (tx) => {
      const post = await this.lock(tx, id, version);
      const publications = await this.publications.lockOfPost(tx, id);
      const begun = await begunAmong(tx, publications);
      const partly = publications.find(({ id: one, state }) => begun.has(one) && !ENDED.includes(state));
      if (partly) throw alreadyPublishing(partly, begun);
      for (const publication of publications) {
        await this.publications.cancel(tx, author.actor, publication, 'The post was deleted.');
      }
      await tx.query('update posts set deleted_at = now(), version = version + 1 where id = $1', [id]);
      await recordEvents(tx, ...postEvents(post, author.actor, { deleted: true }));
    });
  }

  private async insert(
    tx: Transaction,
    author: Author,
    workspaceId: string,
    content: PostContent,
  ): Promise<PostRecord> {
    const post = await row<PostRecord>(tx, INSERT_POST, [
      uuid(),
      author.organizationId,
      workspaceId,
      JSON.stringify(author.actor),
      JSON.stringify(content),
      postHash(content),
    ]);
    if (!post) throw new Error('PostgreSQL did not return the post that it inserted.');
    await keepMedia(tx, post);
    return post;
  }

  private async revise(tx: Transaction, author: Author, post: PostRecord, content: PostContent): Promise<PostRecord> {
    const changed = postHash(content) !== postHash(post.content);
    const revision = changed ? post.revision + 1 : post.revision;
    if (changed) await this.insertRevision(tx, author, post.id, revision, content);
    await tx.query('update posts set revision = $2, version = version + 1, updated_at = now() where id = $1', [
      post.id,
      revision,
    ]);
    const revised = await findPost(tx, post.id);
    await keepMedia(tx, revised);
    return revised;
  }

  private async insertRevision(
    tx: Transaction,
    author: Author,
    postId: string,
    number: number,
    content: PostContent,
  ): Promise<void> {
    await tx.query(
      `insert into post_revisions (post_id, number, organization_id, content, content_hash, author)
       values ($1, $2, $3, $4, $5, $6)`,
      [postId, number, author.organizationId, JSON.stringify(content), postHash(content), JSON.stringify(author.actor)],
    );
  }

  private async lock(tx: Transaction, id: string, version: number): Promise<PostRecord> {
    const post = await lockPost(tx, id);
    if (post.version !== version) throw Problem.preconditionFailed();
    return post;
  }

  /** Time is the database's: a machine whose clock is wrong must not schedule "now" into the future. */
  private async reading(tx: Transaction, workspaceId: string): Promise<Reading> {
    const found = await row<Reading>(
      tx,
      'select time_zone as zone, clock_timestamp() as now from workspaces where id = $1',
      [workspaceId],
    );
    if (!found) throw Problem.notFound();
    return found;
  }
}

/** Ids that do not exist here are a 404; a draft may break the platforms' rules as long as it is one. */
function refuseBroken(preflight: Preflight, draft: boolean): void {
  const unknown = preflight.errors.filter((error) => /^unknown-(channel|media)$/.test(error.rule));
  if (unknown.length > 0)
    throw Problem.notFound('The post names something that this workspace does not have.', { errors: unknown });
  if (draft || preflight.errors.length === 0) return;
  throw Problem.validation(preflight.errors);
}
