import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Problem, row, rows, type Transaction } from '#kernel';
import { type JsonObject } from '#platforms/core';
import { BEFORE_FENCE, contentHash, HELD_REASONS, leadMs, type PublicationContent } from './rules/index.js';
import { CLOSED, GATES, holdFor, lockGates, mediaGate } from './runner/gates.js';
import { partlyOut } from './segments.js';
import {
  type Actor,
  change,
  followDue,
  type LogEntry,
  type LogRecord,
  mediaRows,
  PREPARED_SET_DISCARDED,
  type PublicationRecord,
  replaceMedia,
  UNHELD,
  wantMedia,
} from './store/index.js';
import { type Decision, holdByHand, lookByHand, releaseByHand, resolveByHand, retryByHand } from './support/by-hand.js';
import { heldEntry, holdIfClosed } from './support/closed.js';

/** When, and how the person said it. */
export interface Due {
  at: Date;
  timeZone: string;
  /** Local date and time as chosen, ISO without offset. */
  local: string;
}

export interface NewPublication {
  organizationId: string;
  workspaceId: string;
  channelId: string;
  postId: string;
  revision: number;
  content: PublicationContent;
  due: Due;
  /** False where an approval has to come first. */
  cleared: boolean;
}

/**
 * What planning does with publications. Every method runs in its caller's tenant transaction. A change before the fence
 * wins over the runner: it takes invitation and lease away. After the fence it is refused with 409.
 */
@Injectable()
export class PublicationsService {
  /**
   * Creates publications with their segments, their log and, where asked, their clearance. What may not go out as things
   * stand is held from the start: the gate rows are read in the same statement, under the locks of the fence.
   */
  async schedule(tx: Transaction, actor: Actor, list: readonly NewPublication[]): Promise<PublicationRecord[]> {
    const [first] = list;
    if (!first) return [];
    const soonest = new Date(Math.min(...list.map(({ due }) => due.at.getTime())));
    const contents = list.map(({ content }) => content);
    await wantMedia(tx, first.organizationId, contents, soonest);
    const records = list.map((item) => ({ ...newRow(item), segments: item.content.segments.length }));
    // One statement: every post that is scheduled passes here.
    const created = await rows<PublicationRecord>(tx, SCHEDULE, [
      JSON.stringify(records),
      JSON.stringify(actor),
      HOLDS,
      list.map((item) => item.channelId),
      MEDIA_FAILED,
    ]);
    return created.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** New content for what has not been fenced. Revision, snapshot and clearance change together. */
  async revise(
    tx: Transaction,
    actor: Actor,
    publication: PublicationRecord,
    next: { revision: number; content: PublicationContent; cleared: boolean; due?: Due },
  ): Promise<PublicationRecord> {
    this.refuseAfterFence(publication);
    const hash = contentHash(publication.channel_id, next.content);
    const due = next.due;
    const moved = due !== undefined && due.at.getTime() !== publication.due_at.getTime();
    const entries: LogEntry[] = [{ kind: 'revised', evidence: { revision: next.revision, contentHash: hash } }];
    if (moved) entries.push(rescheduledEntry(publication, due));
    if (next.cleared) entries.push({ kind: 'cleared', evidence: { contentHash: hash } });
    await this.discardPrepared(tx, publication);
    await this.resizeSegments(tx, publication, next.content.segments.length);
    await replaceMedia(tx, publication, next.content, due?.at ?? publication.due_at);
    const changed = await change(tx, {
      from: publication,
      to: 'scheduled',
      actor,
      entries: entries as [LogEntry, ...LogEntry[]],
      set: {
        ...UNHELD,
        held_reason: null,
        failure: null,
        attempts: 0,
        content: next.content,
        content_hash: hash,
        cleared_hash: next.cleared ? hash : publication.cleared_hash,
        revision: next.revision,
        ...dueColumns(due ?? dueOf(publication), leadMs(next.content)),
      },
    });
    await followDue(tx, publication.organization_id, [publication.content, next.content]);
    return holdIfClosed(tx, actor, changed, publication.held_reason);
  }

  /** Another time, the same content. Does not throw away what was prepared. */
  async reschedule(
    tx: Transaction,
    actor: Actor,
    publication: PublicationRecord,
    due: Due,
  ): Promise<PublicationRecord> {
    this.refuseAfterFence(publication);
    const changed = await change(tx, {
      from: publication,
      to: 'scheduled',
      actor,
      entries: [rescheduledEntry(publication, due)],
      set: { ...UNHELD, held_reason: null, failure: null, attempts: 0, ...dueColumns(due, publication.lead_ms) },
    });
    await followDue(tx, publication.organization_id, [publication.content]);
    return holdIfClosed(tx, actor, changed, publication.held_reason);
  }

  /** Ends it before the fence, or gives up on one that failed. A thread already begun stops where it is. */
  async cancel(tx: Transaction, actor: Actor, publication: PublicationRecord, why: string): Promise<PublicationRecord> {
    if (publication.state === 'cancelled') return publication;
    if (publication.state === 'committing' || publication.state === 'published') throw this.alreadyOut(publication);
    await this.discardPrepared(tx, publication);
    const { published, of } = await partlyOut(tx, publication);
    const cancelled = await change(tx, {
      from: publication,
      to: 'cancelled',
      actor,
      entries: [{ kind: 'cancelled', evidence: { why, ...(published > 0 && { published, of }) } }],
      set: { ...UNHELD, held_reason: null },
    });
    await followDue(tx, publication.organization_id, [publication.content]);
    return cancelled;
  }

  /** @throws Problem 409 when `refusesRetry` is against it */
  retry(tx: Transaction, actor: Actor, publication: PublicationRecord): Promise<PublicationRecord> {
    return retryByHand(tx, actor, publication);
  }

  /** @throws Problem 409 when `refusesHold` is against it */
  hold(tx: Transaction, actor: Actor, publication: PublicationRecord): Promise<PublicationRecord> {
    return holdByHand(tx, actor, publication);
  }

  /** @throws Problem 409 when `refusesRelease` is against it */
  release(tx: Transaction, actor: Actor, publication: PublicationRecord): Promise<PublicationRecord> {
    return releaseByHand(tx, actor, publication);
  }

  /** @throws Problem 409 when `refusesResolve` is against it */
  resolve(
    tx: Transaction,
    actor: Actor,
    publication: PublicationRecord,
    decision: Decision,
  ): Promise<PublicationRecord> {
    return resolveByHand(tx, actor, publication, decision);
  }

  /** @throws Problem 409 when `refusesLook` is against it */
  look(tx: Transaction, actor: Actor, publication: PublicationRecord): Promise<PublicationRecord> {
    return lookByHand(tx, actor, publication);
  }

  /** The row, locked until the transaction ends, after its gates. A missing or foreign id is a 404. */
  async lock(tx: Transaction, id: string): Promise<PublicationRecord> {
    await lockGates(tx, 'id', id);
    const found = await row<PublicationRecord>(tx, 'select * from publications where id = $1 for update', [id]);
    if (!found) throw Problem.notFound();
    return found;
  }

  /** The rows of a post, as `lock` takes one. */
  async lockOfPost(tx: Transaction, postId: string): Promise<PublicationRecord[]> {
    await lockGates(tx, 'post_id', postId);
    return rows<PublicationRecord>(tx, 'select * from publications where post_id = $1 order by id for update', [
      postId,
    ]);
  }

  /** The rows of a workspace that are still to go out, as `lock` takes one. */
  async lockOfWorkspace(tx: Transaction, workspaceId: string): Promise<PublicationRecord[]> {
    await lockGates(tx, 'workspace_id', workspaceId);
    return rows<PublicationRecord>(
      tx,
      `select * from publications where workspace_id = $1 and state in ('scheduled', 'preparing', 'ready', 'held', 'failed')
        order by id for update`,
      [workspaceId],
    );
  }

  async find(tx: Transaction, id: string): Promise<PublicationRecord> {
    const found = await row<PublicationRecord>(tx, 'select * from publications where id = $1', [id]);
    if (!found) throw Problem.notFound();
    return found;
  }

  async listOfPosts(tx: Transaction, postIds: readonly string[]): Promise<PublicationRecord[]> {
    return rows<PublicationRecord>(tx, 'select * from publications where post_id = any($1) order by id', [postIds]);
  }

  /** The publishing log, oldest first, after a version. */
  async log(tx: Transaction, publicationId: string, after: number, limit: number): Promise<LogRecord[]> {
    await this.find(tx, publicationId);
    return rows<LogRecord>(
      tx,
      'select * from publishing_log where publication_id = $1 and version > $2 order by version limit $3',
      [publicationId, after, limit],
    );
  }

  private refuseAfterFence(publication: PublicationRecord): void {
    const unfencedFailure = publication.state === 'failed' && publication.first_fenced_at === null;
    if (BEFORE_FENCE.includes(publication.state) && publication.first_fenced_at === null) return;
    if (!unfencedFailure) throw this.alreadyOut(publication);
  }

  private alreadyOut(publication: PublicationRecord): Problem {
    const detail =
      publication.state === 'published'
        ? 'It is published already.'
        : `Publishing has begun (${publication.state}); its content can no longer be changed.`;
    return new Problem('already-publishing', detail, {
      extra: { state: publication.state, publicationId: publication.id },
    });
  }

  /**
   * What was prepared for content that no longer counts is never used again; the platform is tidied up by a job. What was
   * ever fenced stays: it may be visible, and then its images are too.
   */
  private async discardPrepared(tx: Transaction, publication: PublicationRecord): Promise<void> {
    await tx.query(
      `with discarded as (
         select channel_id, organization_id, prepared, checkpoints from segments
          where publication_id = $1 and (prepared is not null or checkpoints <> '{}') and fences = 0),
       told as (
         insert into outbox (id, organization_id, topic, payload)
         select gen_random_uuid(), organization_id, '${PREPARED_SET_DISCARDED}',
                jsonb_build_object('channelId', channel_id, 'prepared', prepared, 'steps', checkpoints) from discarded)
       update segments set set_id = null, set_hash = null, checkpoints = '{}', prepared = null, prepared_until = null,
              budget_used = '{}'
        where publication_id = $1 and fences = 0`,
      [publication.id],
    );
  }

  private async resizeSegments(tx: Transaction, publication: PublicationRecord, count: number): Promise<void> {
    const existing = publication.content.segments.length;
    if (count <= existing) return; // A spare row without content is simply never reached.
    await tx.query(
      `insert into segments (id, publication_id, organization_id, channel_id, position)
       select gen_random_uuid(), $1, $2, $3, p from generate_series($4::int, $5::int) as p on conflict do nothing`,
      [publication.id, publication.organization_id, publication.channel_id, existing, count - 1],
    );
  }
}

/**
 * $1 the rows of `newRow`, $2 the actor, $3 what the log says of a hold, by its reason, $4 the channels, $5 the failure of media
 * that could not be made, where its row does not say more.
 */
const SCHEDULE = `
with gates as materialized (
  select c.id, ${CLOSED} as closed from ${GATES} where c.id = any($4) order by c.id for share of c, w, o, i),
r as (
  select r.*, why.held_reason, case when why.held_reason is null then 'scheduled' else 'held' end as state,
         case when why.held_reason = 'media-failed' then $5::jsonb || coalesce(made.failure, '{}') - 'rule' end as failure
    from jsonb_to_recordset($1::jsonb) as r(id uuid, organization_id uuid, workspace_id uuid, channel_id uuid,
      post_id uuid, revision int, content jsonb, content_hash text, cleared_hash text, due_at timestamptz, time_zone text,
      local_due text, uncleared text, segments int, media jsonb, lead_ms int) left join gates g on g.id = r.channel_id
    ${mediaGate('(select * from jsonb_to_recordset(r.media) as x(source_digest text, plan_hash text, awaited boolean))', 'r.organization_id')}
    cross join lateral (select coalesce(r.uncleared, g.closed, made.reason) as held_reason) why),
story as (
  select r.id, row_number() over (partition by r.id order by e.place) as version, e.kind, e.evidence,
         case when e.kind = 'held' then r.failure end as failure
    from r cross join lateral (values
      (1, 'scheduled', jsonb_build_object('dueAt', r.due_at, 'timeZone', r.time_zone, 'revision', r.revision)),
      (2, case when r.cleared_hash is not null then 'cleared' end, jsonb_build_object('contentHash', r.content_hash)),
      (3, case when r.state = 'held' then 'held' end, ($3::jsonb -> r.held_reason) || coalesce(r.failure - 'kind', '{}'))) as e(place, kind, evidence)
   where e.kind is not null),
created as (
  insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
    cleared_hash, due_at, time_zone, local_due, state, held_reason, failure, version, lead_ms, next_check_at)
  select id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash, cleared_hash, due_at,
    time_zone, local_due, state, held_reason, failure, (select count(*) from story s where s.id = r.id),
    lead_ms, due_at - make_interval(secs => lead_ms / 1000.0) from r
  returning *),
parts as (
  insert into segments (id, publication_id, organization_id, channel_id, position)
  select gen_random_uuid(), r.id, r.organization_id, r.channel_id, p from r, generate_series(0, r.segments - 1) as p),
files as (
  insert into publication_media (publication_id, organization_id, asset_id, source_digest, plan_hash, awaited)
  select r.id, r.organization_id, m.asset_id, m.source_digest, m.plan_hash, m.awaited
    from r, jsonb_to_recordset(r.media) as m(asset_id uuid, source_digest text, plan_hash text, awaited boolean)),
told as (
  insert into publishing_log
    (id, publication_id, organization_id, version, kind, actor, attempt, state, failure, evidence)
  select gen_random_uuid(), r.id, r.organization_id, s.version, s.kind, $2::jsonb, 0, r.state, s.failure, s.evidence
    from story s join r on r.id = s.id)
select * from created`;

/** What the log says of each hold. */
const HOLDS = JSON.stringify(Object.fromEntries(HELD_REASONS.map((reason) => [reason, heldEntry(reason).evidence])));

const MEDIA_FAILED = JSON.stringify(holdFor('media-failed', null).failure);

function newRow(item: NewPublication) {
  const hash = contentHash(item.channelId, item.content);
  return {
    id: uuid(),
    organization_id: item.organizationId,
    workspace_id: item.workspaceId,
    channel_id: item.channelId,
    post_id: item.postId,
    revision: item.revision,
    content: item.content,
    content_hash: hash,
    cleared_hash: item.cleared ? hash : null,
    due_at: item.due.at,
    time_zone: item.due.timeZone,
    local_due: item.due.local,
    uncleared: item.cleared ? null : 'approval-missing',
    media: mediaRows(item.content),
    lead_ms: leadMs(item.content),
  };
}

function dueOf(publication: PublicationRecord): Due {
  return { at: publication.due_at, timeZone: publication.time_zone, local: publication.local_due };
}

function dueColumns(due: Due, lead: number) {
  return {
    due_at: due.at,
    time_zone: due.timeZone,
    local_due: due.local,
    lead_ms: lead,
    next_check_at: new Date(due.at.getTime() - lead),
  };
}

function rescheduledEntry(publication: PublicationRecord, due: Due): LogEntry {
  const evidence: JsonObject = {
    from: publication.due_at.toISOString(),
    dueAt: due.at.toISOString(),
    timeZone: due.timeZone,
  };
  return { kind: 'rescheduled', evidence };
}
