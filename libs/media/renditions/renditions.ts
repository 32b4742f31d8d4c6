import { Inject, Injectable } from '@nestjs/common';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, Database, type FileStorage, row, STORAGE, type Transaction } from '#kernel';
import { type MediaSource } from '#platforms/core';
import { extensionOf, MediaAddresses } from '../addresses/media-addresses.js';
import { asProblem } from '../as-problem.js';
import { type MediaAssetRecord, MediaLibrary } from '../library/media-library.js';
import { type ImageFacts } from '../plan/facts.js';
import { planHash } from '../plan/hash.js';
import { type ImagePlan, planImage } from '../plan/image.js';
import { type ImageLimit } from '../plan/limits.js';
import { planPreview, type PreviewWidth } from '../plan/preview.js';
import { renderImage } from '../run/render.js';
import { type WantedRendition, wantRenditions } from './want.js';

/** Which original, made into what. */
export interface PlannedMedia {
  digest: string;
  plan: ImagePlan;
  planHash: string;
}

/** Bytes to look at. */
export interface ShownFile {
  contentType: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
  open(range?: ByteRange): Promise<Readable>;
}

interface StoredRendition {
  digest: string;
  facts: ImageFacts;
  storage_key: string;
}

/** The versions of files that networks accept, and those that people look at. Knows limits, never a platform's name. */
@Injectable()
export class Renditions {
  /** Previews being made: a page that shows one twice makes it once. */
  private readonly making = new Map<string, Promise<StoredRendition>>();

  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly library: MediaLibrary,
    private readonly addresses: MediaAddresses,
  ) {}

  /** The original, or a still image of it in a width; made now if it was not made before. Throws a problem. */
  async shown(organizationId: string, id: string, width?: PreviewWidth): Promise<ShownFile> {
    const asset = await this.library.find(organizationId, id);
    const plan = width && planPreview(imageFactsOf(asset), width);
    const file = plan?.action === 'render' ? await this.preview(organizationId, asset.digest, plan) : asset;
    const { facts, digest, storage_key } = file;
    return {
      contentType: facts.contentType,
      bytes: facts.bytes,
      digest,
      open: (range) => this.storage.open(storage_key, range),
    };
  }

  /** What has to be done so that an asset meets a limit. Pure. */
  plan(asset: MediaAssetRecord, limit: ImageLimit): PlannedMedia {
    const plan = planImage(imageFactsOf(asset), limit);
    return { digest: asset.digest, plan, planHash: planHash(plan) };
  }

  /** See {@link wantRenditions}. */
  want(
    tx: Transaction,
    organizationId: string,
    items: readonly WantedRendition[],
    neededAt: Date | null,
  ): Promise<void> {
    return wantRenditions(tx, organizationId, items, neededAt);
  }

  /** The file that goes out, made now if it was not made before. Throws `RenditionError` when it cannot be made. */
  async source(
    organizationId: string,
    item: { digest: string; planHash: string; plan: unknown; altText?: string },
  ): Promise<MediaSource> {
    // Stored by `plan` above; the hash is what it is looked up by.
    const plan = item.plan as ImagePlan;
    const rendition =
      (await this.findRendition(organizationId, item)) ?? (await this.render(organizationId, item, plan));
    const { facts, digest, storage_key } = rendition;
    return {
      kind: 'image',
      contentType: facts.contentType,
      bytes: facts.bytes,
      width: facts.width,
      height: facts.height,
      digest,
      ...(item.altText !== undefined && { altText: item.altText }),
      open: (range) => this.storage.open(storage_key, range),
      address: () =>
        this.addresses.of({
          organizationId,
          storageKey: storage_key,
          contentType: facts.contentType,
          bytes: facts.bytes,
          filename: `media.${extensionOf(facts.contentType)}`,
        }),
      read: async () => new Uint8Array(await buffer(await this.storage.open(storage_key))),
    };
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
}

function imageFactsOf({ facts }: MediaAssetRecord): ImageFacts {
  if (facts.kind !== 'image') throw new Error(`A ${facts.kind} is not planned as an image.`);
  return facts;
}
