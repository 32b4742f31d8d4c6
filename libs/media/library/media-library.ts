import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type MediaFacts, type MediaKind } from '../plan/facts.js';

/** The longest description of an image, in characters; far above what any network takes. */
export const MAX_ALT_TEXT = 10_000;

/** A media asset as the API shows it. */
export interface MediaView {
  id: string;
  kind: MediaKind;
  filename: string;
  contentType: string;
  /** As displayed, in pixels; 0 for documents. */
  width: number;
  height: number;
  /** Of videos, and of animations. */
  durationMs?: number;
  bytes: number;
  altText: string | null;
}

/** A row of `media_assets`. */
export interface MediaAssetRecord {
  id: string;
  workspace_id: string;
  kind: MediaKind;
  filename: string;
  alt_text: string | null;
  digest: string;
  facts: MediaFacts;
  storage_key: string;
}

/** A file that was taken in: checked, and stored under its key. */
export interface NewAsset {
  organizationId: string;
  workspaceId: string;
  filename: string;
  altText: string | undefined;
  digest: string;
  facts: MediaFacts;
  storageKey: string;
}

/** What people uploaded. */
@Injectable()
export class MediaLibrary {
  constructor(private readonly database: Database) {}

  /** Adds a file to the library of its workspace. */
  async add(tx: Transaction, asset: NewAsset): Promise<MediaView> {
    const added = await row<MediaAssetRecord>(
      tx,
      `insert into media_assets (id, organization_id, workspace_id, kind, filename, alt_text, digest, facts, storage_key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
      [
        uuid(),
        asset.organizationId,
        asset.workspaceId,
        asset.facts.kind,
        asset.filename,
        altTextOf(asset.altText),
        asset.digest,
        JSON.stringify(asset.facts),
        asset.storageKey,
      ],
    );
    if (!added) throw new Error('The media asset was not stored.');
    return viewOf(added);
  }

  async get(organizationId: string, id: string): Promise<MediaView> {
    return viewOf(await this.find(organizationId, id));
  }

  /** Describes an image anew, to be used from now on; null takes the description away. Throws a problem. */
  async describe(organizationId: string, id: string, altText: string | null): Promise<MediaView> {
    const asset = await this.database.tenant(organizationId, (tx) =>
      row<MediaAssetRecord>(tx, 'update media_assets set alt_text = $2 where id = $1 returning *', [
        id,
        altTextOf(altText),
      ]),
    );
    if (!asset) throw Problem.notFound();
    return viewOf(asset);
  }

  /** Assets of a workspace by id. */
  async assets(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, MediaAssetRecord>> {
    if (ids.length === 0) return new Map();
    const found = await rows<MediaAssetRecord>(
      tx,
      'select * from media_assets where workspace_id = $1 and id = any($2)',
      [workspaceId, ids],
    );
    return new Map(found.map((asset) => [asset.id, asset]));
  }

  /** Throws a problem where there is none. */
  async find(organizationId: string, id: string): Promise<MediaAssetRecord> {
    const asset = await this.database.tenant(organizationId, (tx) =>
      row<MediaAssetRecord>(tx, 'select * from media_assets where id = $1', [id]),
    );
    if (!asset) throw Problem.notFound();
    return asset;
  }
}

/** Blanks describe nothing. */
function altTextOf(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

function viewOf(asset: MediaAssetRecord): MediaView {
  const { facts } = asset;
  const durationMs = facts.kind === 'document' ? undefined : facts.durationMs;
  return {
    id: asset.id,
    kind: asset.kind,
    filename: asset.filename,
    contentType: facts.contentType,
    width: facts.width,
    height: facts.height,
    ...(durationMs !== undefined && { durationMs }),
    bytes: facts.bytes,
    altText: asset.alt_text,
  };
}
