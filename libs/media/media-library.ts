import { Inject, Injectable } from '@nestjs/common';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { v7 as uuid } from 'uuid';
import {
  Database,
  type FieldError,
  type FileStorage,
  type IdempotencyClaim,
  once,
  Problem,
  type ProblemSlug,
  requestHashOf,
  row,
  rows,
  STORAGE,
  type Transaction,
} from '#kernel';
import { type ImageFacts } from './plan/facts.js';
import { planHash } from './plan/hash.js';
import { type ImageLimit, type ImagePlan, planImage } from './plan/plan.js';
import { planPreview, type PreviewWidth } from './plan/preview.js';
import { MediaProblem } from './problem.js';
import { probeImage } from './run/probe.js';
import { renderImage } from './run/render.js';
import { readUpload, type Upload } from './upload/upload.js';

/** The longest description of an image, in characters; far above what any network takes. */
export const MAX_ALT_TEXT = 10_000;

/** A media asset as the API shows it. */
export interface MediaView {
  id: string;
  kind: 'image';
  filename: string;
  contentType: string;
  /** As displayed, in pixels. */
  width: number;
  height: number;
  bytes: number;
  altText: string | null;
}

/** A row of `media_assets`. */
export interface MediaAssetRecord {
  id: string;
  kind: 'image';
  filename: string;
  alt_text: string | null;
  digest: string;
  facts: ImageFacts;
  storage_key: string;
}

/** Which original, made into what. */
export interface PlannedMedia {
  digest: string;
  plan: ImagePlan;
  planHash: string;
}

/** The bytes that go out for a planned item. */
export interface RenditionFile {
  contentType: string;
  bytes: number;
  width: number;
  height: number;
  digest: string;
  altText?: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes to look at. */
export interface ShownFile {
  contentType: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
  open(): Promise<Readable>;
}

interface StoredRendition {
  digest: string;
  facts: ImageFacts;
  storage_key: string;
}

/** What people uploaded, and the versions of it that networks accept. Knows limits, never a platform's name. */
@Injectable()
export class MediaLibrary {
  /** Previews being made: a page that shows one twice makes it once. */
  private readonly making = new Map<string, Promise<StoredRendition>>();

  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
  ) {}

  /**
   * Takes one file out of a multipart request. Throws a problem that names the field; then nothing is kept.
   * @param claim knows the request by what was read of it: the file, its name and the text fields
   */
  async upload(
    organizationId: string,
    workspaceId: string,
    request: IncomingMessage,
    claim?: IdempotencyClaim,
  ): Promise<MediaView> {
    await this.requireWorkspace(organizationId, workspaceId);
    const upload = await asProblem(() => readUpload(request, { directory: tmpdir() }));
    try {
      checkFields(upload.fields);
      const facts = await asProblem(() => probeImage(upload.path));
      // Equal bytes of one organization are one file.
      const key = `${organizationId}/originals/${upload.digest}`;
      if (!(await this.storage.stat(key)))
        await this.storage.put(key, createReadStream(upload.path), facts.contentType);
      const { digest, filename, fields } = upload;
      const read = claim && { ...claim, requestHash: requestHashOf({ digest, filename, fields }) };
      return await once(this.database, organizationId, read, (tx) =>
        this.insert(tx, { organizationId, workspaceId, upload, facts, key }),
      );
    } finally {
      await rm(upload.path, { force: true });
    }
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

  /** The original, or a still image of it in a width; made now if it was not made before. Throws a problem. */
  async shown(organizationId: string, id: string, width?: PreviewWidth): Promise<ShownFile> {
    const asset = await this.find(organizationId, id);
    const plan = width && planPreview(asset.facts, width);
    const file = plan?.action === 'render' ? await this.preview(organizationId, asset.digest, plan) : asset;
    const { facts, digest, storage_key } = file;
    return {
      contentType: facts.contentType,
      bytes: facts.bytes,
      digest,
      open: () => this.storage.open(storage_key),
    };
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

  /** What has to be done so that an asset meets a limit. Pure. */
  plan(asset: MediaAssetRecord, limit: ImageLimit): PlannedMedia {
    const plan = planImage(asset.facts, limit);
    return { digest: asset.digest, plan, planHash: planHash(plan) };
  }

  /** The file that goes out, made now if it was not made before. Throws `RenditionError` when it cannot be made. */
  async source(
    organizationId: string,
    item: { digest: string; planHash: string; plan: unknown; altText?: string },
  ): Promise<RenditionFile> {
    // Stored by `plan` above; the hash is what it is looked up by.
    const plan = item.plan as ImagePlan;
    const rendition =
      (await this.findRendition(organizationId, item)) ?? (await this.render(organizationId, item, plan));
    const { facts, digest, storage_key } = rendition;
    return {
      contentType: facts.contentType,
      bytes: facts.bytes,
      width: facts.width,
      height: facts.height,
      digest,
      ...(item.altText !== undefined && { altText: item.altText }),
      read: async () => new Uint8Array(await buffer(await this.storage.open(storage_key))),
    };
  }

  private async insert(
    tx: Transaction,
    input: { organizationId: string; workspaceId: string; upload: Upload; facts: ImageFacts; key: string },
  ): Promise<MediaView> {
    const { upload, facts } = input;
    const asset = await row<MediaAssetRecord>(
      tx,
      `insert into media_assets (id, organization_id, workspace_id, kind, filename, alt_text, digest, facts, storage_key)
       values ($1, $2, $3, 'image', $4, $5, $6, $7, $8) returning *`,
      [
        uuid(),
        input.organizationId,
        input.workspaceId,
        upload.filename,
        altTextOf(upload.fields['altText']),
        upload.digest,
        JSON.stringify(facts),
        input.key,
      ],
    );
    if (!asset) throw new Error('The media asset was not stored.');
    return viewOf(asset);
  }

  private async find(organizationId: string, id: string): Promise<MediaAssetRecord> {
    const asset = await this.database.tenant(organizationId, (tx) =>
      row<MediaAssetRecord>(tx, 'select * from media_assets where id = $1', [id]),
    );
    if (!asset) throw Problem.notFound();
    return asset;
  }

  private async preview(organizationId: string, digest: string, plan: ImagePlan): Promise<StoredRendition> {
    const item = { digest, planHash: planHash(plan) };
    const found = await this.findRendition(organizationId, item);
    if (found) return found;
    const key = [organizationId, item.digest, item.planHash].join();
    const making = this.making.get(key) ?? asProblem(() => this.render(organizationId, item, plan));
    this.making.set(key, making);
    return making.finally(() => this.making.delete(key));
  }

  private async findRendition(
    organizationId: string,
    item: { digest: string; planHash: string },
  ): Promise<StoredRendition | undefined> {
    return this.database.tenant(organizationId, (tx) =>
      row<StoredRendition>(
        tx,
        'select digest, facts, storage_key from renditions where organization_id = $1 and source_digest = $2 and plan_hash = $3',
        [organizationId, item.digest, item.planHash],
      ),
    );
  }

  private async render(
    organizationId: string,
    item: { digest: string; planHash: string },
    plan: ImagePlan,
  ): Promise<StoredRendition> {
    if (plan.action === 'refuse') throw new Error('A refused plan was scheduled.');
    const folder = await mkdtemp(join(tmpdir(), 'clickpost-render-'));
    try {
      const input = join(folder, 'input');
      const output = join(folder, 'output');
      const original = await this.storage.open(`${organizationId}/originals/${item.digest}`);
      await pipeline(original, createWriteStream(input));
      const { facts, digest } = await renderImage(plan, input, output);
      const storage_key = `${organizationId}/renditions/${item.digest}-${item.planHash}`;
      await this.storage.put(storage_key, createReadStream(output), facts.contentType);
      await this.database.tenant(organizationId, (tx) =>
        tx.query(
          `insert into renditions (organization_id, source_digest, plan_hash, digest, facts, storage_key)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
          [organizationId, item.digest, item.planHash, digest, JSON.stringify(facts), storage_key],
        ),
      );
      return { digest, facts, storage_key };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async requireWorkspace(organizationId: string, workspaceId: string): Promise<void> {
    const found = await this.database.tenant(organizationId, (tx) =>
      row(tx, 'select id from workspaces where id = $1', [workspaceId]),
    );
    if (!found) throw Problem.notFound();
  }
}

/** Blanks describe nothing. */
function altTextOf(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

function viewOf(asset: MediaAssetRecord): MediaView {
  const { contentType, width, height, bytes } = asset.facts;
  return {
    id: asset.id,
    kind: asset.kind,
    filename: asset.filename,
    contentType,
    width,
    height,
    bytes,
    altText: asset.alt_text,
  };
}

function checkFields(fields: Upload['fields']): void {
  const errors: FieldError[] = Object.keys(fields)
    .filter((name) => name !== 'altText')
    .map((name) => ({
      field: name,
      rule: 'unknown-field',
      message: `An upload has no field "${name}".`,
      remedy: 'Leave it out; beside "file" there is only "altText".',
    }));
  if ((fields['altText'] ?? '').length > MAX_ALT_TEXT) {
    const message = `The description is longer than ${MAX_ALT_TEXT} characters.`;
    errors.push({ field: 'altText', rule: 'maxLength', message, remedy: 'Shorten it.' });
  }
  if (errors.length > 0) throw Problem.validation(errors);
}

/** Says in the API's form what the media library refused. */
async function asProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    const { field, rule, message, remedy } = error;
    throw new Problem(slugOf(error), message, { errors: [{ field, rule, message, remedy }], cause: error });
  }
}

function slugOf(error: MediaProblem): ProblemSlug {
  if (error.rule === 'upload.malformed' || error.rule === 'upload.aborted') return 'malformed-request';
  switch (error.status) {
    case 413:
      return 'payload-too-large';
    case 415:
      return 'unsupported-media-type';
    default:
      return 'validation-failed';
  }
}
