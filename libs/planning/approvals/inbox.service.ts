import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type Actor, EXCERPT_LENGTH } from '#publishing';
import { type PostContent } from '../post-content.js';
import { type ApproverView } from './approval-view.js';
import {
  candidatesOf,
  contentsOf,
  type InboxCandidate,
  type InboxChannel,
  type InboxContents,
  type InboxMedia,
  type InboxPosition,
  mediaIn,
} from './inbox-store.js';
import { type ApproverKey } from './progress.js';
import { type Standing, standingsOf } from './standing.js';
import { openStepOf, type WaitingStep, waitsFor } from './waiting.js';

/** What is worked out together. Where less than this waits, a page costs the same number of queries, whatever it leaves out. */
const BATCH = 500;
/** A count says no more than this. */
export const MAX_INBOX_COUNT = 100;

/** Which part of what waits. */
export interface InboxRequest {
  /** Only what waits for this one. */
  waitingFor?: ApproverKey | undefined;
  workspaceId?: string | undefined;
  after?: InboxPosition | undefined;
  limit: number;
}

/** A post whose approval waits. */
export interface InboxItem {
  postId: string;
  workspace: { id: string; name: string };
  revision: number;
  /** Of this revision; a decision names it. */
  contentHash: string;
  state: 'pending';
  step: WaitingStep;
  waitingFor: ApproverView[];
  /** Since when it waits in this step, with this content. */
  since: Date;
  requestedBy: Actor;
  dueAt: Date | null;
  timeZone: string;
  /** Its time has passed. */
  overdue: boolean;
  channels: InboxChannel[];
  text: string;
  media: InboxMedia[];
  /** All of what it says, as it was written. */
  content: PostContent;
  /** Whether it waits for whoever asks. */
  waitsForMe: boolean;
  position: InboxPosition;
}

/** One that waits. */
interface Found {
  candidate: InboxCandidate;
  standing: Standing;
}

/** What waits for an approval, and for whom. */
@Injectable()
export class InboxService {
  constructor(private readonly database: Database) {}

  /**
   * Posts whose approval waits, by when they are due, and those without a time by how long they wait.
   * @param me who asks
   * @throws Problem 404 for a workspace that is not there
   */
  list(organizationId: string, me: ApproverKey, request: InboxRequest): Promise<InboxItem[]> {
    return this.database.tenant(organizationId, async (tx) => {
      const found = await search(tx, request);
      if (found.length === 0) {
        await requireWorkspace(tx, request.workspaceId);
        return [];
      }
      const contents = await contentsOf(
        tx,
        found.map(({ candidate }) => candidate),
      );
      return found.map((one) => itemOf(one, contents, me));
    });
  }

  /** How many posts wait for somebody; no more than `MAX_INBOX_COUNT`. */
  count(organizationId: string, waitingFor: ApproverKey): Promise<number> {
    return this.database.tenant(
      organizationId,
      async (tx) => (await search(tx, { waitingFor, limit: MAX_INBOX_COUNT })).length,
    );
  }

  /** The workspaces of some posts, whoever asks; posts that are not there, or deleted, are left out. */
  async workspacesOf(organizationId: string, postIds: readonly string[]): Promise<Map<string, string>> {
    const found = await this.database.organization(organizationId, (tx) =>
      rows<{ id: string; workspace_id: string }>(
        tx,
        'select id, workspace_id from posts where id = any($1::uuid[]) and deleted_at is null',
        [postIds],
      ),
    );
    return new Map(found.map(({ id, workspace_id: workspaceId }) => [id, workspaceId]));
  }
}

/** What is stored only narrows the search; whether it waits, and for whom, is worked out. */
async function search(tx: Transaction, { waitingFor, workspaceId, after, limit }: InboxRequest): Promise<Found[]> {
  const found: Found[] = [];
  let from = after;
  for (;;) {
    const candidates = await candidatesOf(tx, { workspaceId, after: from, limit: BATCH });
    const standings = await standingsOf(tx, candidates);
    for (const candidate of candidates) {
      const standing = standings.get(candidate.post_id);
      if (!standing || !concerns(standing, waitingFor)) continue;
      found.push({ candidate, standing });
      if (found.length === limit) return found;
    }
    const last = candidates.at(-1);
    if (!last || candidates.length < BATCH) return found;
    from = positionOf(last);
  }
}

function concerns(standing: Standing, waitingFor: ApproverKey | undefined): boolean {
  return waitingFor === undefined ? openStepOf(standing) !== undefined : waitsFor(standing, waitingFor);
}

function positionOf({ timeless, position: at, post_id: postId }: InboxCandidate): InboxPosition {
  return { timeless, at, postId };
}

function itemOf(
  { candidate, standing }: Found,
  { contents, channels, media }: InboxContents,
  me: ApproverKey,
): InboxItem {
  const open = openStepOf(standing);
  const content = contents.get(candidate.post_id);
  if (!open || !content) throw new Error('An approval that waits has no open step, or a post no revision.');
  return {
    postId: candidate.post_id,
    workspace: { id: candidate.workspace_id, name: candidate.workspace_name },
    revision: candidate.revision,
    contentHash: candidate.content_hash,
    state: 'pending',
    ...open,
    since: candidate.since,
    requestedBy: candidate.requested_by,
    dueAt: candidate.due_at,
    timeZone: candidate.time_zone,
    overdue: candidate.overdue,
    channels: content.channels.flatMap(({ id }) => channels.get(id) ?? []),
    // By code points: half of an emoji is none.
    text: [...content.content.text].slice(0, EXCERPT_LENGTH).join(''),
    media: mediaIn(content).flatMap(({ id, altText }) => {
      const asset = media.get(id);
      return asset ? [{ ...asset, altText: altText ?? asset.altText }] : [];
    }),
    content,
    waitsForMe: waitsFor(standing, me),
    position: positionOf(candidate),
  };
}

/** @throws Problem 404 */
async function requireWorkspace(tx: Transaction, id: string | undefined): Promise<void> {
  if (id !== undefined && !(await row(tx, 'select 1 from workspaces where id = $1', [id]))) throw Problem.notFound();
}
