import { Injectable } from '@nestjs/common';
import { Problem, type Transaction } from '#kernel';
import {
  type Actor,
  begunAmong,
  BEFORE_FENCE,
  contentHash,
  type Due,
  type PublicationContent,
  type PublicationRecord,
  PublicationsService,
  type PublicationState,
} from '#publishing';
import { type Cleared } from './approvals/clearance.js';
import { newPublications, type PostRecord } from './post-record.js';
import { type Preflight } from './preflight.js';

export interface PlannedChange {
  post: PostRecord;
  /** All of the post, locked. */
  publications: readonly PublicationRecord[];
  preflight: Preflight;
  /** The new time, where one was given. */
  due: Due | undefined;
  /** What may go out. */
  cleared: Cleared;
  /** Back to a draft. */
  unschedule: boolean;
}

/** Carries a change of a post over to its publications. */
@Injectable()
export class PostChanges {
  constructor(private readonly publications: PublicationsService) {}

  /** Throws 409 when a publication is between fence and outcome, or when none can follow any more. */
  async apply(tx: Transaction, actor: Actor, change: PlannedChange): Promise<void> {
    const begun = await begunAmong(tx, change.publications);
    // What is out of a cancelled thread is out: neither it nor a second one of it follows.
    const living = change.publications.filter(({ id, state }) => state !== 'cancelled' || begun.has(id));
    const busy = living.find((publication) => publication.state === 'committing');
    const open = living.filter((publication) => mayFollow(publication) && !begun.has(publication.id));
    if (busy || (living.length > 0 && open.length === 0)) throw alreadyPublishing(busy ?? living[0], begun);
    for (const publication of open) await this.follow(tx, actor, publication, change);
    if (!change.unschedule) await this.add(tx, actor, living, change);
  }

  private async follow(
    tx: Transaction,
    actor: Actor,
    publication: PublicationRecord,
    { post, preflight, due, cleared, unschedule }: PlannedChange,
  ): Promise<void> {
    const content = preflight.contents.get(publication.channel_id);
    if (unschedule || !content) {
      const why = unschedule ? 'The post is a draft again.' : 'The channel was taken out of the post.';
      await this.publications.cancel(tx, actor, publication, why);
      return;
    }
    if (publication.first_fenced_at !== null)
      return this.replace(tx, actor, publication, { post, due, cleared }, content);
    const hash = contentHash(publication.channel_id, content);
    if (hash !== publication.content_hash || publication.state === 'failed') {
      const may = cleared(publication.channel_id, hash);
      const next = { revision: post.revision, content, cleared: may, ...(due && { due }) };
      await this.publications.revise(tx, actor, publication, next);
    } else if (due) {
      await this.publications.reschedule(tx, actor, publication, due);
    }
  }

  /**
   * Its content is frozen, because the platform has seen and refused it. A corrected version, or the same at another time,
   * is a publication of its own; the refused one ends, so that never both can go out.
   */
  private async replace(
    tx: Transaction,
    actor: Actor,
    publication: PublicationRecord,
    { post, due, cleared }: Pick<PlannedChange, 'post' | 'due' | 'cleared'>,
    content: PublicationContent,
  ): Promise<void> {
    const unchanged = contentHash(publication.channel_id, content) === publication.content_hash;
    if (unchanged && !due) {
      await this.publications.retry(tx, actor, publication);
      return;
    }
    const why = unchanged ? 'It is scheduled again for another time.' : 'A corrected version takes its place.';
    await this.publications.cancel(tx, actor, publication, why);
    const contents = new Map([[publication.channel_id, content]]);
    const next = newPublications(post, { contents }, due ?? dueNow(publication), cleared);
    await this.publications.schedule(tx, actor, next);
  }

  private async add(
    tx: Transaction,
    actor: Actor,
    living: readonly PublicationRecord[],
    { post, preflight, due, cleared }: PlannedChange,
  ): Promise<void> {
    const present = new Set(living.map((publication) => publication.channel_id));
    const contents = new Map([...preflight.contents].filter(([channelId]) => !present.has(channelId)));
    const latest = living.toSorted((a, b) => b.due_at.getTime() - a.due_at.getTime())[0];
    const when = due ?? (latest && { at: latest.due_at, timeZone: latest.time_zone, local: latest.local_due });
    // A draft without a time stays one.
    if (contents.size === 0 || !when) return;
    await this.publications.schedule(tx, actor, newPublications(post, { contents }, when, cleared));
  }
}

/** What has not been fenced follows a change; so does what a platform refused before anything was visible. */
function mayFollow(publication: PublicationRecord): boolean {
  if (publication.state === 'failed') return true;
  return BEFORE_FENCE.includes(publication.state) && publication.first_fenced_at === null;
}

function dueNow(publication: PublicationRecord): Due {
  return { at: publication.due_at, timeZone: publication.time_zone, local: publication.local_due };
}

/**
 * The refusal of a change, in words.
 * @param begun the ids of publications of which something is out
 */
export function alreadyPublishing(publication: PublicationRecord | undefined, begun: ReadonlySet<string>): Problem {
  const state = publication?.state ?? 'published';
  const partly = publication !== undefined && state !== 'published' && begun.has(publication.id);
  const why = whyRefused(state, partly);
  return new Problem('already-publishing', why, { extra: { state, publicationId: publication?.id } });
}

function whyRefused(state: PublicationState, partly: boolean): string {
  if (state === 'committing') return 'It is being published at this moment; wait for its outcome.';
  if (partly && state === 'cancelled')
    return 'A part of its thread is out, and the rest was cancelled. Publish the rest as a new post.';
  if (partly)
    return 'A part of its thread is out, so the rest goes out as it is. Retry it, or cancel the rest and publish it as a new post.';
  if (BEFORE_FENCE.includes(state))
    return 'It was sent before and will be sent again as it is; cancel it, or wait for its outcome.';
  return `Nothing of this post can be changed any more: it is ${state}.`;
}
