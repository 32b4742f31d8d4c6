import { Inject, Injectable } from '@nestjs/common';
import { Database, type FileStorage, row, rows, STORAGE, type Transaction } from '#kernel';

/** What is looked at in one go. */
const BATCH = 200;
/** Renditions that nobody sends and nobody used for so long can be made again when somebody asks. */
const UNUSED = `interval '30 days'`;
/** One that waits although nobody sends it, because nobody asked for it again. */
const UNWANTED = `interval '7 days'`;
/** Time to change one's mind, and for whoever still reads it. */
const ORIGINAL_KEPT = `interval '1 day'`;
/** Uploads that found the file there have ended by then. */
const MARK_KEPT = `interval '1 hour'`;

/** Whether a publication still sends a rendition `r`: scheduled, held, or waiting for another try. */
const IS_SENT = `exists (select 1 from publication_media p where p.organization_id = r.organization_id
  and p.source_digest = r.source_digest and p.plan_hash = r.plan_hash)`;

/** What one round took away. */
export interface Tidied {
  renditions: number;
  originals: number;
  files: number;
}

/**
 * Takes away files that nobody needs any more. The database says first that a file is nobody's, then the file goes, then the
 * note of it: whoever ends in between leaves a file that is known to be nobody's, and never a row whose file is gone.
 */
@Injectable()
export class RenditionTidying {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
  ) {}

  /** One round. Any number of processes may do it at once. */
  async tidy(): Promise<Tidied> {
    const renditions = await this.letGo();
    const originals = await this.removeOriginals();
    const files = await this.removeStrays();
    return { renditions, originals, files };
  }

  /** Renditions that are of no use: their rows go, and their files become strays. */
  private async letGo(): Promise<number> {
    let count = 0;
    for (;;) {
      const gone = await this.database.engine(async (tx) => {
        await tx.query(FORGET_DUE);
        return rows<{ storage_key: string | null }>(tx, LET_GO, [BATCH]);
      });
      count += gone.length;
      if (gone.length < BATCH) return count;
    }
  }

  /** Files that were never finished, or whose rendition is gone. */
  private async removeStrays(): Promise<number> {
    let count = 0;
    for (;;) {
      const found = await this.database.engine((tx) => rows<{ storage_key: string }>(tx, STRAYS, [BATCH]));
      for (const { storage_key: key } of found) {
        await this.storage.delete(key);
        await this.database.engine((tx) => tx.query('delete from stray_files where storage_key = $1', [key]));
      }
      count += found.length;
      if (found.length < BATCH) return count;
    }
  }

  private async removeOriginals(): Promise<number> {
    let count = 0;
    const due = await this.database.engine((tx) => rows<Original>(tx, ORIGINALS_DUE, [BATCH]));
    for (const original of due) {
      // Durable before the file goes: an asset that is added from now on does not rely on the file.
      const marked = await this.database.engine((tx) => row(tx, `${MARK} returning 1 as marked`, keyOf(original)));
      if (marked && (await this.database.engine((tx) => this.removeOriginal(tx, original)))) count += 1;
    }
    await this.database.engine((tx) =>
      tx.query(`delete from discarded_originals where gone and removed_at < now() - ${MARK_KEPT}`),
    );
    return count;
  }

  /** Whoever adds an asset of it meanwhile waits for this, and is told to upload the file again. */
  private async removeOriginal(tx: Transaction, original: Original): Promise<boolean> {
    const still = await row(tx, `${LOCK_MARKED} for update`, keyOf(original));
    if (!still) return false;
    await this.storage.delete(original.storage_key);
    await tx.query(
      'update discarded_originals set gone = true, removed_at = now() where organization_id = $1 and digest = $2',
      keyOf(original),
    );
    return true;
  }
}

interface Original {
  organization_id: string;
  digest: string;
  storage_key: string;
}

const keyOf = ({ organization_id, digest }: Original): [string, string] => [organization_id, digest];

/** What waits and is no longer sent is not urgent any more: somebody may still write with it. */
const FORGET_DUE = `update renditions r set needed_at = null where state = 'waiting' and needed_at is not null and not ${IS_SENT}`;

const LET_GO = `
with useless as (
  select r.id from renditions r
   where not ${IS_SENT}
     and ((r.state in ('ready', 'failed', 'cancelled') and r.last_used_at < now() - ${UNUSED})
       or (r.state = 'waiting' and (r.last_used_at < now() - ${UNWANTED}
            or not exists (select 1 from media_assets a where a.organization_id = r.organization_id and a.digest = r.source_digest))))
   limit $1 for update of r skip locked),
gone as (
  delete from renditions r using useless where r.id = useless.id returning r.organization_id, r.storage_key),
strays as (
  insert into stray_files (storage_key, organization_id, due_at)
  select storage_key, organization_id, now() from gone where storage_key is not null
  on conflict (storage_key) do update set due_at = now())
select storage_key from gone`;

/** Never one that a rendition stands by, whatever the note says. */
const STRAYS = `
select s.storage_key from stray_files s
 where s.due_at <= now()
   and not exists (select 1 from renditions r where r.organization_id = s.organization_id and r.storage_key = s.storage_key)
 limit $1`;

const UNNEEDED = `
  not exists (select 1 from media_assets a where a.organization_id = d.organization_id and a.digest = d.digest)
  and not exists (select 1 from publication_media p where p.organization_id = d.organization_id and p.source_digest = d.digest)
  and not exists (select 1 from renditions r where r.organization_id = d.organization_id and r.source_digest = d.digest
                   and r.state = 'running')`;

const ORIGINALS_DUE = `
select d.organization_id, d.digest, d.storage_key from discarded_originals d
 where not d.gone and d.discarded_at < now() - ${ORIGINAL_KEPT} and ${UNNEEDED} order by d.discarded_at limit $1`;

const MARK = `
update discarded_originals d set removed_at = now()
 where d.organization_id = $1 and d.digest = $2 and not d.gone and ${UNNEEDED}`;

const LOCK_MARKED = `
select 1 as marked from discarded_originals d
 where d.organization_id = $1 and d.digest = $2 and d.removed_at is not null and not d.gone and ${UNNEEDED}`;
