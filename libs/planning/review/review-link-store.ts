import { v7 as uuid } from 'uuid';
import { row, rows, type Transaction } from '#kernel';
import { type Actor } from '#publishing';

/** Whether a review link still opens anything. */
export const REVIEW_LINK_STATES = ['open', 'expired', 'revoked'] as const;
export type ReviewLinkState = (typeof REVIEW_LINK_STATES)[number];

/** A row of `review_links`. */
export interface ReviewLinkRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  post_id: string;
  /** Of the client, in lower case; null = for whoever has the link. */
  email: string | null;
  name: string | null;
  passcode_hash: string | null;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
  /** Of the post, when the client looked first. */
  first_revision: number | null;
  created_by: Actor;
  created_at: Date;
  /** At this moment, by the database's clock. */
  state: ReviewLinkState;
}

/** A link before it is stored. */
export interface NewReviewLink {
  organizationId: string;
  workspaceId: string;
  postId: string;
  email: string | null;
  name: string | null;
  passcodeHash: string | null;
  expiresInDays: number;
  createdBy: Actor;
}

const COLUMNS = `id, organization_id, workspace_id, post_id, email, name, passcode_hash, expires_at, revoked_at, last_used_at,
  first_revision, created_by, created_at, case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
  else 'open' end as state`;

export async function insertLink(tx: Transaction, link: NewReviewLink): Promise<ReviewLinkRecord> {
  const stored = await row<ReviewLinkRecord>(
    tx,
    `insert into review_links (id, organization_id, workspace_id, post_id, email, name, passcode_hash, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8), $9) returning ${COLUMNS}`,
    [
      uuid(),
      link.organizationId,
      link.workspaceId,
      link.postId,
      link.email,
      link.name,
      link.passcodeHash,
      link.expiresInDays,
      JSON.stringify(link.createdBy),
    ],
  );
  if (!stored) throw new Error('PostgreSQL did not return the review link that it stored.');
  return stored;
}

/** Of a post, the newest first, those after (older than) `after`. */
export function linksOfPost(
  tx: Transaction,
  postId: string,
  { limit, after }: { limit: number; after?: string },
): Promise<ReviewLinkRecord[]> {
  return rows<ReviewLinkRecord>(
    tx,
    `select ${COLUMNS} from review_links where post_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [postId, after ?? null, limit],
  );
}

/** A link; one of a post that was deleted is revoked with it. */
export function findLink(tx: Transaction, id: string): Promise<ReviewLinkRecord | undefined> {
  return row<ReviewLinkRecord>(
    tx,
    `select l.*, case when p.deleted_at is not null then 'revoked' else l.state end as state
       from (select ${COLUMNS} from review_links where id = $1) l join posts p on p.id = l.post_id`,
    [id],
  );
}

/** The link of a client that lives longest, if one lives another day. */
export function livingLinkOf(tx: Transaction, postId: string, email: string): Promise<ReviewLinkRecord | undefined> {
  return row<ReviewLinkRecord>(
    tx,
    `select ${COLUMNS} from review_links
      where post_id = $1 and email = $2 and revoked_at is null and expires_at > now() + interval '1 day'
      order by expires_at desc, id desc limit 1`,
    [postId, email],
  );
}

/** Revokes one link of a post, or all of them. @returns how many there are, revoked before or now */
export async function revokeLinks(tx: Transaction, postId: string, linkId?: string): Promise<number> {
  const revoked = await rows(
    tx,
    `update review_links set revoked_at = coalesce(revoked_at, now())
      where post_id = $1 and ($2::uuid is null or id = $2) returning 1`,
    [postId, linkId ?? null],
  );
  return revoked.length;
}

/** The client looks at a revision now. Told to the minute: whoever has the page open asks every few seconds. */
export async function keepUse(tx: Transaction, id: string, revision: number): Promise<void> {
  await tx.query(
    `update review_links set last_used_at = now(), first_revision = coalesce(first_revision, $2)
      where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id, revision],
  );
}
