import { Inject, Injectable } from '@nestjs/common';
import { hashPassword } from '#accounts';
import { CONFIG, type Config, Database, type IdempotencyClaim, once, Problem, type Transaction } from '#kernel';
import { type Actor } from '#publishing';
import { findPost } from '../post-record.js';
import {
  insertLink,
  linksOfPost,
  livingLinkOf,
  type ReviewLinkRecord,
  type ReviewLinkState,
  revokeLinks,
} from './review-link-store.js';
import { ReviewTokens } from './review-tokens.js';

/** How long a link lives where nobody says otherwise, in days. */
export const REVIEW_LINK_DAYS = 14;
/** In days. */
export const MAX_REVIEW_LINK_DAYS = 90;
/** Characters. */
export const PASSCODE_MIN = 4;
/** Characters. */
export const PASSCODE_MAX = 64;

/** What a review link is made for. */
export interface ReviewLinkInput {
  /** Of the client who may decide by it, if it is somebody's. */
  email?: string | undefined;
  /** The client's, as others see it. */
  name?: string | undefined;
  expiresInDays?: number | undefined;
  /** Asked for before anything is shown. */
  passcode?: string | undefined;
}

/** A review link as those see it who may share the post. */
export interface ReviewLinkView {
  id: string;
  /** To be given to the client. */
  address: string;
  email: string | null;
  name: string | null;
  expiresAt: Date;
  /** Whether one is asked for. */
  passcode: boolean;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  createdBy: Actor;
  createdAt: Date;
  state: ReviewLinkState;
}

/** The client of a post who is to get a link. */
export interface LinkedClient {
  organizationId: string;
  workspaceId: string;
  postId: string;
  email: string;
  name?: string | undefined;
}

/** Links by which clients without an account look at a post, comment on it and decide about it. */
@Injectable()
export class ReviewLinksService {
  constructor(
    private readonly database: Database,
    private readonly tokens: ReviewTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem 404 */
  async create(
    author: { organizationId: string; actor: Actor },
    postId: string,
    { email, name, expiresInDays = REVIEW_LINK_DAYS, passcode }: ReviewLinkInput,
    claim: IdempotencyClaim | undefined,
  ): Promise<ReviewLinkView> {
    // Hashing takes a while; the transaction should not.
    const passcodeHash = passcode === undefined ? null : await hashPassword(passcode);
    const { organizationId, actor: createdBy } = author;
    // What is kept for a repeated request holds no address: whoever reads the database does not get in by it.
    const made = await once(this.database, organizationId, claim, async (tx) => {
      const { workspace_id: workspaceId } = await findPost(tx, postId);
      const client = { email: email === undefined ? null : addressOf(email), name: name ?? null };
      const place = { organizationId, workspaceId, postId };
      return withoutAddress(await insertLink(tx, { ...place, ...client, passcodeHash, expiresInDays, createdBy }));
    });
    return { ...made, address: await this.address({ id: made.id, organization_id: organizationId }) };
  }

  /** Newest first, after (older than) the link `after`. @throws Problem 404 */
  list(organizationId: string, postId: string, range: { limit: number; after?: string }): Promise<ReviewLinkView[]> {
    return this.database.tenant(organizationId, async (tx) => {
      await findPost(tx, postId);
      const links = await linksOfPost(tx, postId, range);
      return Promise.all(links.map(async (link) => ({ ...withoutAddress(link), address: await this.address(link) })));
    });
  }

  /** Ends one link, or all links of a post, at once. @throws Problem 404 */
  async revoke(organizationId: string, postId: string, linkId?: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      await findPost(tx, postId);
      const found = await revokeLinks(tx, postId, linkId);
      if (found === 0 && linkId !== undefined) throw Problem.notFound();
    });
  }

  /**
   * The address of a link by which this client can decide about this post: of one that lives another day, or of a new one. In
   * the transaction of whatever tells the client of it, under the tenant's role.
   */
  async ensureFor(tx: Transaction, { email, name, ...place }: LinkedClient): Promise<string> {
    const address = addressOf(email);
    const link =
      (await livingLinkOf(tx, place.postId, address)) ??
      (await insertLink(tx, {
        ...{ ...place, email: address, name: name ?? null, passcodeHash: null },
        ...{ expiresInDays: REVIEW_LINK_DAYS, createdBy: { type: 'system' } },
      }));
    return this.address(link);
  }

  private async address({
    id: linkId,
    organization_id: organizationId,
  }: Pick<ReviewLinkRecord, 'id' | 'organization_id'>): Promise<string> {
    return `${this.config.publicUrl}/review/${await this.tokens.sign({ organizationId, linkId })}`;
  }
}

function withoutAddress(link: ReviewLinkRecord): Omit<ReviewLinkView, 'address'> {
  return {
    id: link.id,
    email: link.email,
    name: link.name,
    expiresAt: link.expires_at,
    passcode: link.passcode_hash !== null,
    revokedAt: link.revoked_at,
    lastUsedAt: link.last_used_at,
    createdBy: link.created_by,
    createdAt: link.created_at,
    state: link.state,
  };
}

/** As approvers are known by. */
function addressOf(email: string): string {
  return email.trim().toLowerCase();
}
