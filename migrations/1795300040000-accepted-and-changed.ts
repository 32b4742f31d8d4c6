import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What a platform accepted and still works on, what is prepared ahead, and what is changed after it was published. */
export class AcceptedAndChanged1795300040000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table publications
        -- The platform took the one request and shows nothing of it yet: the fence is open, and nothing is sent again.
        add column accepted_at timestamptz,
        -- What the platform works on, in words.
        add column waiting_for text,
        -- How long before its time it is begun, in milliseconds.
        add column lead_ms integer not null default 3000 check (lead_ms between 0 and 3600000),
        -- After it was published.
        add column removed_at timestamptz,
        add column edited_at timestamptz,
        add column edited_text text,
        add check (accepted_at is null or state = 'committing'),
        add check (waiting_for is null or state in ('scheduled', 'preparing', 'committing')),
        add check (removed_at is null or state = 'published'),
        add check (edited_at is null or state = 'published'),
        add check ((edited_at is null) = (edited_text is null));

      -- Whoever changes a published post at the platform holds it meanwhile, so that no two do.
      alter table publications drop constraint publications_check7;
      alter table publications add constraint publications_lease_check
        check (lease is null or state in ('preparing', 'ready', 'committing', 'published'));

      -- One of a channel between fence and outcome, so that matching by content stays unambiguous. What was accepted is known
      -- by the platform's own word: it may take hours, and keeps nobody from going out.
      drop index publications_one_committing;
      create unique index publications_one_committing on publications (channel_id)
        where state = 'committing' and accepted_at is null;

      alter table publishing_log drop constraint publishing_log_kind_check;
      alter table publishing_log add constraint publishing_log_kind_check check (kind in
        ('scheduled', 'revised', 'rescheduled', 'cleared', 'clearance-withdrawn', 'held', 'released', 'attempt-started',
         'step-done', 'fenced', 'committed', 'segment-published', 'published', 'retry-planned', 'reconciled', 'failed',
         'unconfirmed', 'cancelled', 'resolved', 'removed', 'edited'));
    `);
  }
}
