import { type Transaction } from '#kernel';
import { type WantedRendition, wantRenditions } from '#media';
import { leadMs, type PublicationContent, type SentMedia, sentMedia } from '../rules/index.js';
import { type PublicationRecord } from './records.js';

/** When a publication is begun, and its media are needed, as SQL over `publications p`. */
const NEEDED_AT = `p.due_at - p.lead_ms * interval '1 millisecond'`;

/** What is sent of files, as rows of `publication_media`. */
export function mediaRows(content: PublicationContent) {
  return sentMedia(content).map(({ assetId, digest, planHash, awaited }) => ({
    ...{ asset_id: assetId, source_digest: digest, plan_hash: planHash, awaited },
  }));
}

/**
 * Has the worker make what these contents cannot go out without. In the transaction that schedules them, and before it looks.
 * They are needed when the first of them is begun, which is some time before it is due.
 * @param dueAt null = nobody knows yet
 */
export async function wantMedia(
  tx: Transaction,
  organizationId: string,
  contents: readonly PublicationContent[],
  dueAt: Date | null,
): Promise<void> {
  const items = contents.flatMap(awaitedOf).map(({ digest, planHash, plan }) => {
    // Written by planning from a plan of the media library.
    return { digest, planHash, plan: plan as unknown as WantedRendition['plan'] };
  });
  if (items.length === 0) return;
  const leads = contents.filter((content) => awaitedOf(content).length > 0).map(leadMs);
  const neededAt = dueAt && new Date(dueAt.getTime() - Math.max(...leads));
  await wantRenditions(tx, organizationId, items, neededAt);
}

/** Other content is sent from now on: what it needs is wanted, and what it no longer needs is not. */
export async function replaceMedia(
  tx: Transaction,
  { id, organization_id: organizationId }: PublicationRecord,
  content: PublicationContent,
  dueAt: Date,
): Promise<void> {
  await tx.query('delete from publication_media where publication_id = $1', [id]);
  const media = mediaRows(content);
  if (media.length === 0) return;
  await tx.query(
    `insert into publication_media (publication_id, organization_id, asset_id, source_digest, plan_hash, awaited)
     select $1, $2, m.asset_id, m.source_digest, m.plan_hash, m.awaited
       from jsonb_to_recordset($3::jsonb) as m(asset_id uuid, source_digest text, plan_hash text, awaited boolean)`,
    [id, organizationId, JSON.stringify(media)],
  );
  await wantMedia(tx, organizationId, [content], dueAt);
}

/** After another time, an end, or other content: when what these contents await is needed first is worked out anew. */
export async function followDue(
  tx: Transaction,
  organizationId: string,
  contents: readonly PublicationContent[],
): Promise<void> {
  const keys = contents.flatMap(awaitedOf).map(({ digest, planHash }) => ({ digest, hash: planHash }));
  if (keys.length === 0) return;
  await tx.query(
    `with own as (
       select v.id from renditions v
        where v.organization_id = $1 and v.state in ('waiting', 'running') and (v.source_digest, v.plan_hash) in (
          select k.digest, k.hash from jsonb_to_recordset($2::jsonb) as k(digest text, hash text))
        order by v.source_digest, v.plan_hash for update),
     first as (
       select v.id, (
                select min(${NEEDED_AT}) from publication_media m join publications p on p.id = m.publication_id
                 where m.organization_id = v.organization_id and m.source_digest = v.source_digest
                   and m.plan_hash = v.plan_hash and p.state not in ('published', 'cancelled')) as needed_at
         from renditions v join own on own.id = v.id)
     update renditions v set needed_at = first.needed_at from first
      where v.id = first.id and v.needed_at is distinct from first.needed_at`,
    [organizationId, JSON.stringify(keys)],
  );
}

/** Once more, from the start, what of a publication's media could not be made. */
export async function makeMediaAgain(tx: Transaction, { id, due_at, lead_ms }: PublicationRecord): Promise<void> {
  await tx.query(
    `with own as (
       select v.id from publication_media m
         join renditions v on v.organization_id = m.organization_id and v.source_digest = m.source_digest
          and v.plan_hash = m.plan_hash
        where m.publication_id = $1 and m.awaited and v.state in ('failed', 'cancelled')
        order by v.source_digest, v.plan_hash for update of v)
     update renditions v
        set state = 'waiting', failure = null, deaths = 0, setbacks = 0, available_at = now(), last_used_at = now(),
            needed_at = least(v.needed_at, $2::timestamptz)
       from own where v.id = own.id`,
    [id, new Date(due_at.getTime() - lead_ms)],
  );
}

function awaitedOf(content: PublicationContent): SentMedia[] {
  return sentMedia(content).filter(({ awaited }) => awaited);
}
