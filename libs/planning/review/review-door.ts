import { Injectable } from '@nestjs/common';
import { Throttle, verifyPassword } from '#accounts';
import { Database, Problem } from '#kernel';
import { findLink, type ReviewLinkRecord } from './review-link-store.js';
import { ReviewTokens } from './review-tokens.js';

const ENDED = 'This link has ended. Ask whoever sent it to you for a new one.';

/** Lets in whoever has a review link that is open, and knows its passcode where it has one. */
@Injectable()
export class ReviewDoor {
  constructor(
    private readonly database: Database,
    private readonly tokens: ReviewTokens,
    private readonly throttle: Throttle,
  ) {}

  /**
   * The link of a token. What was not signed here is refused before the database is asked.
   * @throws Problem 404 for whatever is no link, 410 for one that has ended
   */
  async find(token: string): Promise<ReviewLinkRecord> {
    const subject = await this.tokens.read(token);
    if (!subject) throw unknownLink();
    const link = await this.database.organization(subject.organizationId, (tx) => findLink(tx, subject.linkId));
    if (!link) throw unknownLink();
    if (link.state !== 'open') throw new Problem('gone', ENDED);
    return link;
  }

  /**
   * @param pass what was given for the passcode, if anything
   * @throws Problem 401 where the link has a passcode and nobody has entered it
   */
  async requirePass({ id, passcode_hash: hash }: ReviewLinkRecord, pass: string | undefined): Promise<void> {
    if (hash === null || (pass !== undefined && (await this.tokens.isPass(pass, id)))) return;
    throw new Problem('passcode-required', 'This link has a passcode. Enter the one that you were given with it.');
  }

  /**
   * Gives a pass for the right passcode. A link without one takes any.
   * @param ip from where it is tried
   * @throws Problem 422 for a wrong one, 429 after too many
   */
  async enter({ id, passcode_hash: hash }: ReviewLinkRecord, passcode: string, ip: string | undefined) {
    if (hash !== null) {
      await this.throttle.fromAddress('review-passcode', ip);
      await this.throttle.onAccount('review-passcode', id);
      if (!(await verifyPassword(hash, passcode))) throw wrongPasscode();
      await this.throttle.forgive('review-passcode', id);
    }
    return this.tokens.signPass(id);
  }
}

/** The same words for what never was a link and for what is none here. */
function unknownLink(): Problem {
  return Problem.notFound('There is no such review link. Check that you opened all of the address.');
}

function wrongPasscode(): Problem {
  return Problem.validation([
    {
      field: 'passcode',
      rule: 'wrong',
      message: 'This is not the passcode of this link.',
      remedy: 'Check it, or ask whoever sent you the link.',
    },
  ]);
}
