import { Injectable } from '@nestjs/common';
import { Database, type IdempotencyClaim, once, Problem, row, rows, type Transaction } from '#kernel';
import { MediaLibrary, type PreviewWidth, Renditions, RenditionViews, type ShownFile } from '#media';
import { PlatformRegistry } from '#platforms';
import { type PublicationRecord, PublicationsService } from '#publishing';
import { ApprovalsService, type Decide, isOut } from '../approvals/approvals.service.js';
import { type ClientCommentView, CommentsService, type NewComment } from '../comments/index.js';
import { mediaIds } from '../post-content.js';
import { findPost, type PostRecord } from '../post-record.js';
import { PreflightService } from '../preflight.js';
import { ChangesService } from '../revisions/changes.service.js';
import { keepUse, type ReviewLinkRecord } from './review-link-store.js';
import { renditionsSent } from './review-media.js';
import {
  approvalFor,
  channelView,
  type ReviewChannel,
  type ReviewChannelRecord,
  type ReviewView,
  withoutAddresses,
} from './review-view.js';

/** What a client says. */
export type ClientWords = Pick<NewComment, 'text' | 'anchor' | 'parentId'>;

/** How somebody looks. */
export interface Look {
  /** Whether it is the client, and nobody of the organization. */
  isUse: boolean;
  /** The revision of the post that they saw before; left out, the one that they decided about last. */
  since?: number | undefined;
}

/** What a client sees and does by a review link that was checked before. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsService,
    private readonly comments: CommentsService,
    private readonly preflight: PreflightService,
    private readonly publications: PublicationsService,
    private readonly media: MediaLibrary,
    private readonly renditions: Renditions,
    private readonly versions: RenditionViews,
    private readonly registry: PlatformRegistry,
    private readonly changes: ChangesService,
  ) {}

  /**
   * The post as it is now, and all that a client may know around it.
   * @throws Problem 404
   */
  async show(link: ReviewLinkRecord, { isUse, since }: Look): Promise<ReviewView> {
    const { organization_id: organizationId, post_id: postId } = link;
    // First of all: the hash is then of what is read below, or of an older version, for which a decision is no good.
    const approval = await this.approvals.get(organizationId, postId);
    return this.database.tenant(organizationId, async (tx) => {
      const post = await findPost(tx, postId);
      if (isUse) await keepUse(tx, link.id, post.revision);
      const publications = await this.publications.listOfPosts(tx, [postId]);
      const comments = await this.comments.listForClient(tx, postId);
      const own = approvalFor(approval, link, isOut(publications));
      return {
        ...(await placeOf(tx, post.workspace_id)),
        client: { name: link.name, email: link.email },
        expiresAt: link.expires_at,
        askedBy: approval.requestedBy?.name ?? null,
        post: {
          id: post.id,
          revision: post.revision,
          contentHash: approval.contentHash,
          channels: await this.channels(tx, post, publications),
        },
        approval: own,
        changes: await this.changesSince(tx, link, post, own.decisions, since),
        comments: comments.map((comment) => withoutAddresses(comment, nameOf(link))),
      };
    });
  }

  /**
   * Keeps a decision of the client whom the link names.
   * @throws Problem 403 where the link names nobody, or nobody who is asked now; 409 where another version is there
   */
  async decide(link: ReviewLinkRecord, decision: Decide): Promise<void> {
    const { organization_id: organizationId, email, post_id: postId } = link;
    if (email === null) {
      throw Problem.forbidden('This link is for looking and commenting. Ask for one in your own name to decide.');
    }
    const actor = { type: 'client', id: email, name: nameOf(link) } as const;
    await this.approvals.decide({ organizationId, key: `client:${email}`, actor }, postId, decision);
  }

  /** @throws Problem 404 for a thread that is not for clients, 422 naming a place that is not there */
  async comment(
    link: ReviewLinkRecord,
    words: ClientWords,
    claim: IdempotencyClaim | undefined,
  ): Promise<ClientCommentView> {
    const { organization_id: organizationId, workspace_id: workspaceId, post_id: postId, email, id: linkId } = link;
    return once(this.database, organizationId, claim, async (tx) => {
      const from = { organizationId, workspaceId, postId, linkId, email, name: nameOf(link) };
      return withoutAddresses(await this.comments.addAsClient(tx, { ...words, ...from }), nameOf(link));
    });
  }

  /** A file that the client sees, and no other. @throws Problem 404 */
  async file(link: ReviewLinkRecord, mediaId: string, width: PreviewWidth | undefined): Promise<ShownFile> {
    const { organization_id: organizationId, post_id: postId } = link;
    const shown = await this.database.tenant(organizationId, async (tx) => {
      const post = await findPost(tx, postId);
      const publications = await this.publications.listOfPosts(tx, [postId]);
      const comments = await this.comments.listForClient(tx, postId);
      const attachments = comments.flatMap((comment) => [comment, ...comment.replies]);
      return new Set([
        ...[post, ...(await seenBefore(tx, link))].flatMap(({ content }) => mediaIds(content)),
        ...publications.flatMap(({ content }) => mediaOf(content)),
        ...attachments.flatMap((comment) => comment.attachments.map(({ id }) => id)),
      ]);
    });
    if (!shown.has(mediaId)) throw Problem.notFound();
    return this.renditions.shown(organizationId, mediaId, width);
  }

  /** The made version of a file that a publication of the post sends, and no other. @throws Problem 404, also until it is made */
  async rendition(link: ReviewLinkRecord, id: string): Promise<ShownFile> {
    const { organization_id: organizationId, post_id: postId } = link;
    const sent = await this.database.tenant(organizationId, async (tx) =>
      renditionsSent(tx, await this.publications.listOfPosts(tx, [postId])),
    );
    if (![...sent.values()].some((rendition) => rendition.id === id)) throw Problem.notFound();
    return this.versions.content(organizationId, id);
  }

  /**
   * Since a revision that the client names, or decided about last; never of one that they cannot have seen.
   */
  private async changesSince(
    tx: Transaction,
    { first_revision: first }: ReviewLinkRecord,
    { id, revision }: PostRecord,
    decisions: ReviewView['approval']['decisions'],
    named: number | undefined,
  ): Promise<ReviewView['changes']> {
    const since = named ?? decisions.at(-1)?.revision ?? revision;
    const wasSeen = (first !== null && since >= first) || decisions.some((one) => one.revision === since);
    if (!wasSeen || since >= revision) return null;
    const { from, changes } = await this.changes.between(tx, id, since);
    return { since: from, list: changes };
  }

  /** What is planned for a channel is shown as it is stored there: that is what goes out, and what a decision is about. */
  private async channels(
    tx: Transaction,
    { workspace_id: workspaceId, content }: PostRecord,
    publications: readonly PublicationRecord[],
  ): Promise<ReviewChannel[]> {
    const ids = content.channels.map(({ id }) => id);
    const found = await rows<ReviewChannelRecord>(
      tx,
      `select id, platform, practice, name, handle, limits, capabilities, without_settings from channels
        where workspace_id = $1 and id = any($2::uuid[]) order by array_position($2::uuid[], id)`,
      [workspaceId, ids],
    );
    const { contents } = await this.preflight.check(tx, workspaceId, content);
    const living = publications.filter(({ state }) => state !== 'cancelled');
    const parts = found.flatMap((channel) => {
      const publication = living.findLast(({ channel_id: id }) => id === channel.id);
      const shown = publication?.content ?? contents.get(channel.id);
      return shown ? [{ channel, publication, content: shown }] : [];
    });
    const media = await this.media.assets(
      tx,
      workspaceId,
      parts.flatMap((part) => mediaOf(part.content)),
    );
    const renditions = await renditionsSent(tx, living);
    return parts.map((part) =>
      channelView({ ...part, media, renditions, manifest: this.registry.get(part.channel.platform).adapter.manifest }),
    );
  }
}

/** As others see the client. */
function nameOf({ name, email }: ReviewLinkRecord): string {
  return name ?? email ?? 'Client';
}

function mediaOf({ segments }: PublicationRecord['content']): string[] {
  return segments.flatMap(({ media }) =>
    media.flatMap(({ assetId, cover }) => (cover ? [assetId, cover.assetId] : [assetId])),
  );
}

/** What the post said from when the client looked first: what changed is shown with its images. */
async function seenBefore(tx: Transaction, { post_id: id, first_revision: first }: ReviewLinkRecord) {
  if (first === null) return [];
  const sql = 'select content from post_revisions where post_id = $1 and number >= $2';
  return rows<Pick<PostRecord, 'content'>>(tx, sql, [id, first]);
}

async function placeOf(tx: Transaction, workspaceId: string): Promise<{ organization: string; workspace: string }> {
  const place = await row<{ organization: string; workspace: string }>(
    tx,
    `select o.name as organization, w.name as workspace from workspaces w join organizations o on o.id = w.organization_id
      where w.id = $1`,
    [workspaceId],
  );
  if (!place) throw Problem.notFound();
  return place;
}
