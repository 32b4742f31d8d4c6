import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type MediaFacts } from '../plan/facts.js';
import { lockFolder } from './folders.js';
import { MediaStorage } from './storage-quota.js';
import { type MediaUses, usesOf } from './uses.js';
import {
  type ListedAsset,
  type MediaAssetRecord,
  type MediaView,
  SELECT_LISTED,
  type Uploader,
  viewOf,
} from './view.js';
import { storeWords } from './word-store.js';

export { type MediaAssetRecord, type MediaView } from './view.js';

/** The longest description of an image, in characters; far above what any network takes. */
export const MAX_ALT_TEXT = 10_000;

/** Posts that are told one by one; how many there are is told as well. */
const USES_TOLD = 100;

/** A file that was taken in: checked, and stored under its key. */
export interface NewAsset {
  organizationId: string;
  workspaceId: string;
  filename: string;
  altText: string | undefined;
  digest: string;
  facts: MediaFacts;
  storageKey: string;
  /** Left out = in no folder. */
  folderId?: string | undefined;
  /** Left out where nobody knows. */
  uploadedBy?: Uploader | undefined;
}

/** What people uploaded. */
@Injectable()
export class MediaLibrary {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
  ) {}

  /**
   * Adds a file to the library of its workspace, as long as it has room.
   * @throws Problem 422 `quota-exceeded`; 404 for a folder that is not there
   */
  async add(tx: Transaction, asset: NewAsset): Promise<MediaView> {
    const { organizationId, workspaceId, digest, facts, folderId = null } = asset;
    await this.storage.take(tx, { organizationId, workspaceId, digest, bytes: facts.bytes });
    if (folderId !== null) await lockFolder(tx, workspaceId, folderId, 'key share');
    const id = uuid();
    await tx.query(
      `insert into media_assets
         (id, series_id, organization_id, workspace_id, kind, filename, alt_text, digest, facts, storage_key, folder_id, uploaded_by)
       values ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        organizationId,
        workspaceId,
        facts.kind,
        asset.filename,
        altTextOf(asset.altText),
        digest,
        JSON.stringify(facts),
        asset.storageKey,
        folderId,
        asset.uploadedBy ? JSON.stringify(asset.uploadedBy) : null,
      ],
    );
    await storeWords(tx, [id]);
    return viewIn(tx, id);
  }

  /** One that was not deleted. @throws Problem 404 */
  async get(organizationId: string, id: string): Promise<MediaView> {
    return this.database.tenant(organizationId, (tx) => viewIn(tx, id));
  }

  /** Assets of a workspace by id; what was deleted is not there. */
  async assets(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, MediaAssetRecord>> {
    if (ids.length === 0) return new Map();
    const found = await rows<MediaAssetRecord>(
      tx,
      'select * from media_assets where workspace_id = $1 and id = any($2) and deleted_at is null',
      [workspaceId, ids],
    );
    return new Map(found.map((asset) => [asset.id, asset]));
  }

  /** Also one that was deleted, as long as some post shows it. @throws Problem 404 */
  async find(organizationId: string, id: string): Promise<MediaAssetRecord> {
    const asset = await this.database.tenant(organizationId, (tx) =>
      row<MediaAssetRecord>(tx, 'select * from media_assets where id = $1', [id]),
    );
    if (!asset) throw Problem.notFound();
    return asset;
  }

  /** The posts that use a file, those that still need it first; at most 100 of them. @throws Problem 404 */
  async uses(organizationId: string, id: string): Promise<MediaUses> {
    return this.database.tenant(organizationId, async (tx) => {
      await viewIn(tx, id);
      return usesOf(tx, [id], USES_TOLD);
    });
  }
}

/** One asset that was not deleted, as the API shows it. @throws Problem 404 */
export async function viewIn(tx: Transaction, id: string): Promise<MediaView> {
  const found = await row<ListedAsset>(tx, `${SELECT_LISTED} where a.id = $1 and a.deleted_at is null`, [id]);
  if (!found) throw Problem.notFound();
  return viewOf(found);
}

/** Blanks describe nothing. */
export function altTextOf(text: string | null | undefined): string | null {
  return text?.trim() || null;
}
