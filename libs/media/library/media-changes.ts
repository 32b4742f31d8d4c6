import { Injectable } from '@nestjs/common';
import { Database, type IdempotencyClaim, once, Problem, row, rows, type Transaction } from '#kernel';
import { sanitiseFilename } from '../upload/filename.js';
import { lockFolder } from './folders.js';
import { altTextOf, viewIn } from './media-library.js';
import { MediaStorage } from './storage-quota.js';
import { MAX_TAGS, tagsOf, tooMany } from './tags.js';
import { usesOf } from './uses.js';
import { type ListedAsset, type MediaAssetRecord, type MediaView, SELECT_LISTED, viewOf } from './view.js';
import { storeWords } from './word-store.js';

/** What is to change of an asset; what is left out stays. */
export interface MediaChange {
  /** Null takes the description away. */
  altText?: string | null | undefined;
  filename?: string | undefined;
  /** Null = out of all folders. */
  folderId?: string | null | undefined;
  tags?: readonly string[] | undefined;
  /** Tags that come to those that are there. */
  addTags?: readonly string[] | undefined;
  /** Tags that go. */
  removeTags?: readonly string[] | undefined;
}

/** Posts that are told when a deletion is refused. */
const USES_TOLD = 20;

/** Changes what the library tells of its files, and takes them away. */
@Injectable()
export class MediaChanges {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
  ) {}

  /**
   * Changes an asset. Posts that are written already keep their own description.
   * @param version what the sender saw; null = whatever it is
   * @throws Problem 404, 412, 422
   */
  async update(organizationId: string, id: string, version: number | null, change: MediaChange): Promise<MediaView> {
    return this.database.tenant(organizationId, async (tx) => {
      const asset = await lockAsset(tx, id, 'no key update');
      if (version !== null && asset.version !== version) throw Problem.preconditionFailed();
      const { folderId = asset.folder_id } = change;
      if (folderId !== null && folderId !== asset.folder_id)
        await lockFolder(tx, asset.workspace_id, folderId, 'key share');
      await changeTags(tx, asset, change);
      await tx.query(
        `update media_assets set alt_text = $2, filename = $3, folder_id = $4, version = version + 1 where id = $1`,
        [
          id,
          change.altText === undefined ? asset.alt_text : altTextOf(change.altText),
          change.filename === undefined ? asset.filename : sanitiseFilename(change.filename),
          folderId,
        ],
      );
      await storeWords(tx, [id]);
      return viewIn(tx, id);
    });
  }

  /**
   * Takes an asset out of the library, with all its earlier versions if it is the present one. Posts that are published keep
   * showing it.
   * @throws Problem 404; 409 `media-in-use` with the posts that still need it
   */
  async remove(organizationId: string, id: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      const seen = await row<MediaAssetRecord>(tx, 'select * from media_assets where id = $1', [id]);
      if (!seen) throw Problem.notFound();
      // Waits for every post that is naming one of them at this moment, and lets those that come later wait.
      const series = await rows<MediaAssetRecord>(
        tx,
        'select * from media_assets where series_id = $1 and deleted_at is null order by id for update',
        [seen.series_id],
      );
      const asset = series.find((one) => one.id === id);
      if (!asset) throw Problem.notFound();
      const gone = asset.current ? series : [asset];
      const ids = gone.map((one) => one.id);
      await refuseNeeded(tx, ids);
      await tx.query('update media_assets set deleted_at = now() where id = any($1)', [ids]);
      const digests = gone.map((one) => one.digest);
      await this.storage.giveBack(tx, organizationId, asset.workspace_id, digests);
    });
  }

  /**
   * Lets another file take the place of an asset in the library, with its folder, tags and, where it has none of its own,
   * description. Posts that use the asset keep it.
   * @param replacementId uploaded before, into the same workspace
   * @throws Problem 404 for what is not there; 409 for a file that has versions of its own
   */
  async addVersion(
    organizationId: string,
    id: string,
    replacementId: string,
    claim: IdempotencyClaim | undefined,
  ): Promise<MediaView> {
    return once(this.database, organizationId, claim, async (tx) => {
      const asset = await lockSeries(tx, id, replacementId);
      const replacement = await lockAsset(tx, replacementId, 'update');
      if (replacement.workspace_id !== asset.workspace_id) throw unknownFile();
      await refuseEntangled(tx, asset, replacement);
      await tx.query(
        'update media_assets set current = false, version = version + 1 where series_id = $1 and current',
        [asset.series_id],
      );
      await tx.query(
        `update media_assets set series_id = $2, folder_id = $3, alt_text = coalesce(alt_text, $4), version = version + 1,
                file_version = (select max(file_version) + 1 from media_assets where series_id = $2) where id = $1`,
        [replacementId, asset.series_id, asset.folder_id, asset.alt_text],
      );
      await tx.query(
        `insert into media_tags (asset_id, tag, organization_id, workspace_id)
         select $2, tag, organization_id, workspace_id from media_tags where asset_id = $1 on conflict do nothing`,
        [asset.id, replacementId],
      );
      await storeWords(tx, [replacementId]);
      return viewIn(tx, replacementId);
    });
  }

  /** All versions of an asset that were not deleted, newest first. @throws Problem 404 */
  async versions(organizationId: string, id: string): Promise<MediaView[]> {
    return this.database.tenant(organizationId, async (tx) => {
      const { currentId } = await viewIn(tx, id);
      const found = await rows<ListedAsset>(
        tx,
        `${SELECT_LISTED} where a.series_id = (select series_id from media_assets where id = $1) and a.deleted_at is null
          order by a.file_version desc`,
        [currentId],
      );
      return found.map(viewOf);
    });
  }
}

/** One that was not deleted, until the transaction ends nobody else's to change. @throws Problem 404 */
async function lockAsset(tx: Transaction, id: string, strength: 'no key update' | 'update'): Promise<MediaAssetRecord> {
  const asset = await row<MediaAssetRecord>(
    tx,
    `select * from media_assets where id = $1 and deleted_at is null for ${strength}`,
    [id],
  );
  if (!asset) throw Problem.notFound();
  return asset;
}

/** The present version of what `id` is one of; all of it and the replacement are locked, in the order of their ids. */
async function lockSeries(tx: Transaction, id: string, replacementId: string): Promise<MediaAssetRecord> {
  const locked = await rows<MediaAssetRecord>(
    tx,
    `select * from media_assets where deleted_at is null
        and (id = $2 or series_id = (select series_id from media_assets where id = $1)) order by id for update`,
    [id, replacementId],
  );
  const named = locked.find((one) => one.id === id);
  if (!named) throw Problem.notFound();
  if (!locked.some((one) => one.id === replacementId)) throw unknownFile();
  return locked.find((one) => one.series_id === named.series_id && one.current) ?? named;
}

async function refuseEntangled(tx: Transaction, asset: MediaAssetRecord, replacement: MediaAssetRecord): Promise<void> {
  if (replacement.series_id === asset.series_id) {
    throw Problem.conflict('This file is a version of it already. Upload the new version first.');
  }
  const others = await row(tx, 'select 1 from media_assets where series_id = $1 and id <> $2 and deleted_at is null', [
    replacement.series_id,
    replacement.id,
  ]);
  if (others) throw Problem.conflict('This file has versions of its own. Upload the new version as a file by itself.');
}

async function refuseNeeded(tx: Transaction, ids: readonly string[]): Promise<void> {
  const { data, needing } = await usesOf(tx, ids, USES_TOLD);
  if (needing === 0) return;
  const posts = needing === 1 ? 'A post still needs this file' : `${needing} posts still need this file`;
  throw new Problem('media-in-use', `${posts}. Take it out of them, or delete them, and try again.`, {
    extra: { uses: data.filter((use) => use.needed), count: needing },
  });
}

async function changeTags(tx: Transaction, asset: MediaAssetRecord, change: MediaChange): Promise<void> {
  const { tags, addTags, removeTags } = change;
  if (tags === undefined && addTags === undefined && removeTags === undefined) return;
  const present = await rows<{ tag: string }>(tx, 'select tag from media_tags where asset_id = $1', [asset.id]);
  const gone = new Set(tagsOf(removeTags ?? []));
  const kept = tags === undefined ? present.map(({ tag }) => tag).filter((tag) => !gone.has(tag)) : tagsOf(tags);
  const wanted = [...new Set([...kept, ...tagsOf(addTags ?? [])])];
  if (wanted.length > MAX_TAGS) throw Problem.validation([tooMany(wanted.length)]);
  await tx.query('delete from media_tags where asset_id = $1 and tag <> all($2)', [asset.id, wanted]);
  await tx.query(
    `insert into media_tags (asset_id, tag, organization_id, workspace_id)
     select $1, tag, $3, $4 from unnest($2::text[]) tag on conflict do nothing`,
    [asset.id, wanted, asset.organization_id, asset.workspace_id],
  );
}

function unknownFile(): Problem {
  const message = 'This workspace has no such file.';
  const remedy = 'Upload the new version first and use the id of the answer.';
  return Problem.notFound(message, { errors: [{ field: 'mediaId', rule: 'unknown-media', message, remedy }] });
}
