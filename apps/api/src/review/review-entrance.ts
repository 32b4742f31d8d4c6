import { Inject, Injectable } from '@nestjs/common';
import { type CookieOptions, type Request, type Response } from 'express';
import { auditNote, recordAudit } from '#accounts';
import { CONFIG, type Config, requestScope, type Transaction } from '#kernel';
import { PASS_HOURS, ReviewDoor, type ReviewLinkRecord } from '#planning';
import { factsOf } from '../access/facts.js';

/** Holds the pass of a link whose passcode was entered; the browser sends it to that link's addresses alone. */
export const PASS_COOKIE = 'clickpost.review';

/** The longest name that the audit log keeps, in characters. */
const NAME_MAX = 200;

/** Lets requests in that name an open review link, and narrows what they see to the workspace of its post. */
@Injectable()
export class ReviewEntrance {
  constructor(
    private readonly door: ReviewDoor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The link that the address names.
   * @param operation what is changed, as the API calls it; it is told in the audit log
   * @throws Problem 404, 410 for one that has ended, 401 where its passcode is missing
   */
  async enter(request: Request, token: string, operation?: string): Promise<ReviewLinkRecord> {
    const link = await this.door.find(token);
    await this.door.requirePass(link, passOf(request));
    const scope = requestScope();
    if (!scope) throw new Error('A review is answered outside of a request.');
    scope.workspaces = [link.workspace_id];
    if (operation !== undefined) scope.beforeCommit = auditOf(request, link, operation);
    return link;
  }

  /** Takes a passcode and gives the browser a pass for it. @throws Problem 404, 410, 422 for a wrong one, 429 */
  async enterPasscode(request: Request, response: Response, token: string, passcode: string): Promise<void> {
    const link = await this.door.find(token);
    const pass = await this.door.enter(link, passcode, request.ip);
    response.cookie(PASS_COOKIE, pass, this.cookie(token));
  }

  private cookie(token: string): CookieOptions {
    return {
      path: `/v1/review/${token}`,
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.publicUrl.startsWith('https:'),
      maxAge: PASS_HOURS * 3_600_000,
    };
  }
}

/** Whether it is the client who looks, and nobody who is signed in to the same organization. */
export function isClient({ user }: Request, link: ReviewLinkRecord): boolean {
  return user?.organizationId !== link.organization_id;
}

/** Writes down what a client did, once for a request. Whoever is signed in at the same time is named with it. */
function auditOf(request: Request, link: ReviewLinkRecord, operation: string): (tx: Transaction) => Promise<void> {
  let written = false;
  return async (tx) => {
    if (written) return;
    const { details } = auditNote();
    const post = await factsOf(tx, 'post', link.post_id);
    const { user } = request;
    const signedIn = user && !isClient(request, link) ? { signedInAs: user.name } : {};
    await recordAudit(tx, {
      organizationId: link.organization_id,
      userId: null,
      name: (link.name ?? link.email ?? 'Client').slice(0, NAME_MAX),
      via: 'review-link',
      operation,
      subject: { type: 'post', id: link.post_id, name: post?.name ?? undefined },
      workspaceId: link.workspace_id,
      details: { reviewLinkId: link.id, ...(link.email !== null && { email: link.email }), ...signedIn, ...details },
      ip: request.ip,
      userAgent: request.get('user-agent'),
    });
    written = true;
  };
}

/** Cookies are `name=value` and stand behind each other (https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1). */
function passOf({ headers }: Request): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${PASS_COOKIE}=`))?.slice(PASS_COOKIE.length + 1);
}
