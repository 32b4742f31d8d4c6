import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import {
  type ChannelRecord,
  costsAsEvidence,
  differencesOf,
  type OpenChannel,
  purseOf,
  settle,
  writeSpending,
} from '#channels';
import {
  Database,
  earlierAnswer,
  type IdempotencyClaim,
  once,
  Problem,
  row,
  rows,
  type Transaction,
  violatedUnique,
} from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure, type JsonObject, type Receipt } from '#platforms/core';
import { PublicationsService } from '../publications.service.js';
import {
  type Actor,
  change,
  changeSegments,
  type Columns,
  movedTo,
  type PublicationRecord,
  type SegmentRecord,
  UNHELD,
} from '../store/index.js';
import { exchangesOf } from '../runner/index.js';
import { type Asked, ChannelDoor, type Heard } from './channel-door.js';
import { platformFailure } from './failures.js';
import { editedText, receiptOf, refusesChange, type PublishedChange } from './published-rules.js';

/** Longer than the calls that are made for one message, in seconds; renewed before each. */
const LEASE_SECONDS = 90;

const TAKEN = 'The platform named an object that already belongs to another publication, so the one before is kept.';

/** Who asks, and by which key the same request is known again. */
export interface ChangeRequest<V> {
  organizationId: string;
  actor: Actor;
  publicationId: string;
  claim: IdempotencyClaim | undefined;
  /** The answer, in the transaction that writes the change down. */
  view: (tx: Transaction, publication: PublicationRecord) => Promise<V>;
  /** A further reason against it, thrown as a problem in the transaction that begins it. */
  guard?: (tx: Transaction, publication: PublicationRecord) => Promise<void>;
}

/** A published post in hand, so that nobody else changes it meanwhile. */
interface Held {
  record: PublicationRecord;
  /** What is visible of it, in order. */
  visible: SegmentRecord[];
}

/** What was done at the platform, and what it would not do. */
interface Done {
  segments: number[];
  heard: Heard;
  failure?: Failure;
  /** Where the last of them is from now on, on platforms that give an edited post another id. */
  moved?: { segment: SegmentRecord; receipt: Receipt };
}

/**
 * Changes posts after they are published. The platform is asked while the publication is held by a lease, and never within a
 * transaction; what it did is written down afterwards, and so is what it would not do. Both changes may be made twice without
 * harm, so an answer that was lost is cleared up by asking once more.
 */
@Injectable()
export class PublishedPostsService {
  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
    private readonly publications: PublicationsService,
    private readonly door: ChannelDoor,
  ) {}

  /**
   * Takes a published post off the platform: of a thread all that is out, the last message first.
   * @throws Problem 404; 409 where it cannot be; 502 with the platform's failure
   */
  async remove<V extends object>(request: ChangeRequest<V>): Promise<V> {
    const earlier = request.claim && (await earlierAnswer<V>(this.database, request.claim));
    if (earlier) return earlier;
    const { record, visible } = await this.hold(request, 'remove');
    // Somebody removed it before: that is what was wanted.
    if (record.removed_at) return this.answer(request, (tx) => request.view(tx, record));
    const done = await this.each(record, visible.toReversed(), (open, segment, heard) =>
      this.door.tell(open, heard, async (context) => open.adapter.remove?.(context, receiptOf(segment))),
    );
    return this.finish(request, 'remove', { record, visible }, done, { removed_at: new Date() });
  }

  /**
   * Gives a published post another text; of a thread, its first message.
   * @throws Problem 404; 409 where it cannot be; 422 for a text that breaks rules; 502 with the platform's failure
   */
  async edit<V extends object>(request: ChangeRequest<V>, text: string): Promise<V> {
    const earlier = request.claim && (await earlierAnswer<V>(this.database, request.claim));
    if (earlier) return earlier;
    const { record, visible } = await this.hold(request, 'edit', text);
    const done = await this.each(record, visible.slice(0, 1), (open, segment, heard) => {
      const sent = editedText(open.adapter.manifest, open.limits, record.content, text);
      return this.door.tell(open, heard, async (context) => open.adapter.edit?.(context, receiptOf(segment), sent));
    });
    const set = { edited_at: new Date(), edited_text: text };
    return this.finish(request, 'edit', { record, visible }, done, set, { text });
  }

  /** Takes it in hand, or throws why it cannot be changed. One that is removed already is left as it is. */
  private async hold<V>(request: ChangeRequest<V>, what: PublishedChange, text?: string): Promise<Held> {
    const { organizationId, publicationId, guard } = request;
    return this.database.tenant(organizationId, async (tx) => {
      const record = await this.publications.lock(tx, publicationId);
      const channel = await row<ChannelRecord>(tx, 'select * from channels where id = $1', [record.channel_id]);
      if (!channel) throw Problem.notFound();
      const visible = await rows<SegmentRecord>(
        tx,
        `select * from segments where publication_id = $1 and outcome = 'published' order by position`,
        [publicationId],
      );
      if (what === 'remove' && record.removed_at) return { record, visible };
      const { adapter } = this.platforms.get(channel.platform);
      const refusal = refusesChange(what, {
        record,
        visible: visible.length,
        adapter,
        limits: channel.limits ?? adapter.manifest.limits,
        differences: differencesOf(channel),
        ...(text !== undefined && { text }),
      });
      if (refusal) throw refusal;
      await guard?.(tx, record);
      const held = await row<PublicationRecord>(
        tx,
        `update publications set lease = $2, leased_until = now() + make_interval(secs => $3)
          where id = $1 and (leased_until is null or leased_until < now()) returning *`,
        [publicationId, uuid(), LEASE_SECONDS],
      );
      if (!held) throw beingChanged(publicationId);
      return { record: held, visible };
    });
  }

  /** Asks the platform for one message after the other; the first that it would not do ends it. */
  private async each(
    record: PublicationRecord,
    segments: readonly SegmentRecord[],
    ask: (open: OpenChannel, segment: SegmentRecord, heard: Heard) => Promise<Asked<Receipt | undefined | void>>,
  ): Promise<Done> {
    let heard: Heard | undefined;
    try {
      const open = await this.door.open(record.channel_id);
      heard = { exchanges: [], purse: purseOf(open, record.id) };
      const done: Done = { segments: [], heard };
      for (const segment of segments) {
        await this.renew(record);
        const asked = await ask(open, segment, heard);
        if ('failure' in asked) return { ...done, failure: asked.failure };
        done.segments.push(segment.position);
        if (asked.answer) done.moved = { segment, receipt: asked.answer };
      }
      return done;
    } catch (error) {
      await this.letGo(record);
      if (heard) await settle(this.database, heard.purse);
      throw error;
    }
  }

  private async finish<V extends object>(
    request: ChangeRequest<V>,
    what: PublishedChange,
    held: Held,
    done: Done,
    set: Columns,
    more: JsonObject = {},
  ): Promise<V> {
    const { record, visible } = held;
    const { segments, exchanges, purse, failure, moved } = { ...done, ...done.heard };
    const evidence: JsonObject = {
      ...more,
      ...(visible.length > 1 && { segments, of: visible.length }),
      ...(moved && {
        platformObjectId: moved.receipt.id,
        formerObjectId: moved.segment.platform_object_id,
      }),
      ...exchangesOf(exchanges),
      ...costsAsEvidence(purse.spent),
    };
    const kind = what === 'remove' ? 'removed' : 'edited';
    const write = async (tx: Transaction) => {
      const changed = await change(tx, {
        from: record,
        to: 'published',
        actor: request.actor,
        entries: [{ kind, evidence, ...(failure && { failure }) }],
        set: { ...UNHELD, ...(!failure && { ...set, ...(moved && addressOf(moved)) }) },
      });
      if (moved) await changeSegments(tx, [movedTo(moved.segment, moved.receipt)]);
      await writeSpending(tx, purse.spent);
      return changed;
    };
    try {
      if (!failure) return await this.answer(request, async (tx) => request.view(tx, await write(tx)));
      await this.database.tenant(request.organizationId, write);
    } catch (error) {
      if (moved && violatedUnique(error) === 'segments_platform_object') {
        const { moved: _, ...stayed } = done;
        return this.finish(request, what, held, stayed, set, { ...more, why: TAKEN, named: moved.receipt.id });
      }
      await settle(this.database, purse);
      throw error;
    }
    throw platformFailure(failure);
  }

  private answer<V extends object>(
    { organizationId, claim }: ChangeRequest<V>,
    give: (tx: Transaction) => Promise<V>,
  ): Promise<V> {
    return once(this.database, organizationId, claim, give);
  }

  private async renew({ id, organization_id, lease }: PublicationRecord): Promise<void> {
    const renewed = await this.database.tenant(organization_id, (tx) =>
      row(
        tx,
        `update publications set leased_until = now() + make_interval(secs => $3) where id = $1 and lease = $2 returning id`,
        [id, lease, LEASE_SECONDS],
      ),
    );
    if (!renewed) throw beingChanged(id);
  }

  private async letGo({ id, organization_id, lease }: PublicationRecord): Promise<void> {
    await this.database.tenant(organization_id, (tx) =>
      tx.query('update publications set lease = null, leased_until = null where id = $1 and lease = $2', [id, lease]),
    );
  }
}

/** The address of the publication is that of its first message. */
function addressOf({ segment, receipt: { permalink } }: NonNullable<Done['moved']>): Columns {
  return segment.position === 0 && permalink !== undefined ? { permalink } : {};
}

function beingChanged(publicationId: string): Problem {
  return Problem.conflict('Somebody else is changing this post at the platform at this moment.', {
    errors: [
      {
        field: 'id',
        rule: 'being-changed',
        message: 'Another change of this post is under way.',
        remedy: 'Wait a moment, look at the post, then try again.',
      },
    ],
    extra: { publicationId },
  });
}
