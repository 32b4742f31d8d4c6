import { Inject, Injectable } from '@nestjs/common';
import { type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ByteRange, Database, type FileStorage, Problem, row, STORAGE, type Transaction } from '#kernel';
import { type MediaSource } from '#platforms/core';
import { MediaAddresses } from '../addresses/media-addresses.js';
import { asProblem } from '../as-problem.js';
import { type MediaAssetRecord, MediaLibrary } from '../library/media-library.js';
import { type MediaFacts } from '../plan/facts.js';
import { planHash } from '../plan/hash.js';
import { type ImagePlan } from '../plan/image.js';
import { type MediaPlan } from '../plan/plan.js';
import { planPage } from '../plan/page.js';
import { planPreview, type PreviewWidth } from '../plan/preview.js';
import { planStill } from '../plan/still.js';
import { RenditionsAtOnce } from './at-once.js';
import { RenditionFailedError, RenditionMaking } from './making.js';
import { type RenditionFailure, type RenditionKey, type RenditionState } from './rows.js';
import { ORIGINAL_MISSING } from './verdict.js';
import { type WantedRendition, wantRenditions } from './want.js';

/** Bytes to look at. */
export interface ShownFile {
  contentType: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
  /** @param range of bytes, both ends included; left out = all */
  open(range?: ByteRange): Promise<Readable>;
}

/** A video that goes out is not made yet, or cannot be: only the worker makes videos. */
export class RenditionNotReadyError extends Error {
  override readonly name = 'RenditionNotReadyError';

  constructor(
    /** `missing` = nobody wanted it yet. */
    readonly state: Exclude<RenditionState, 'ready'> | 'missing',
    /** Why it failed. */
    readonly failure: RenditionFailure | null,
  ) {
    super(`The video that is to go out is ${state}.`);
  }
}

/** Which original, made into what. */
interface PlannedRendition extends RenditionKey {
  /** A {@link MediaPlan}. */
  plan: unknown;
}

/** A file that goes out, as the content of a publication names it. */
export interface SentMedia extends PlannedRendition {
  altText?: string;
  /** Milliseconds of what is sent. */
  coverAtMs?: number;
  /** The image that stands for it, of a video. */
  cover?: PlannedRendition;
  filename?: string;
}

interface Stored {
  digest: string;
  facts: MediaFacts;
  storage_key: string;
}

/** The versions of files that networks accept, and those that people look at. Knows limits, never a platform's name. */
@Injectable()
export class Renditions {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly library: MediaLibrary,
    private readonly atOnce: RenditionsAtOnce,
    private readonly making: RenditionMaking,
    private readonly addresses: MediaAddresses,
  ) {}

  /** The original, or a still image of it in a width; made now if it was not made before. Throws a problem. */
  async shown(organizationId: string, id: string, width?: PreviewWidth): Promise<ShownFile> {
    const asset = await this.library.find(organizationId, id);
    return this.file(width === undefined ? asset : await this.still(organizationId, asset, width));
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

  /**
   * The file that goes out. An image is made now if it was not made before.
   * @throws MediaProblem when it cannot be made
   * @throws RenditionNotReadyError for a video that is not ready
   */
  async source(organizationId: string, item: SentMedia): Promise<MediaSource> {
    const outgoing = await this.outgoing(organizationId, item);
    const { facts, digest, storage_key } = outgoing;
    const cover = this.coverOf(organizationId, item, outgoing);
    const { altText, filename } = item;
    const { contentType, bytes } = facts;
    return {
      kind: facts.kind,
      contentType,
      bytes,
      width: facts.width,
      height: facts.height,
      ...(facts.kind === 'video' && { durationMs: facts.durationMs }),
      ...(altText !== undefined && { altText }),
      digest,
      open: (range) => this.storage.open(storage_key, range),
      read: async () => new Uint8Array(await buffer(await this.storage.open(storage_key))),
      address: () =>
        this.addresses.of({
          organizationId,
          storageKey: storage_key,
          contentType,
          bytes,
          filename: filename ?? digest.slice(0, 16),
        }),
      ...(cover && { cover }),
    };
  }

  /** The image that a person chose, or the moment, where the channel takes an image of it. */
  private coverOf(
    organizationId: string,
    { plan, coverAtMs, cover }: SentMedia,
    { facts, storage_key }: Stored,
  ): MediaSource['cover'] {
    if (cover) return () => this.ownCover(organizationId, cover);
    const sent = plan as MediaPlan;
    const limit = sent.output === 'video' && sent.action !== 'refuse' ? sent.limit.cover : undefined;
    if (facts.kind !== 'video' || coverAtMs === undefined || !limit) return undefined;
    return () => this.making.cover({ facts, storage_key }, coverAtMs, limit);
  }

  /** Made now if it was not made before, as every image that goes out. */
  private async ownCover(organizationId: string, image: PlannedRendition) {
    const { facts, storage_key } = await this.outgoing(organizationId, image);
    const bytes = new Uint8Array(await buffer(await this.storage.open(storage_key)));
    return { contentType: facts.contentType, bytes };
  }

  private async outgoing(organizationId: string, item: PlannedRendition): Promise<Stored> {
    // Stored by whoever planned it; the hash is what it is looked up by.
    const plan = item.plan as MediaPlan;
    if (plan.action === 'refuse') throw new Error('A refused plan was scheduled.');
    if (plan.action === 'keep') return this.original(organizationId, item.digest);
    const found = await this.atOnce.find(organizationId, item);
    if (found?.state === 'ready') return found;
    if (plan.output === 'video') throw new RenditionNotReadyError(found?.state ?? 'missing', found?.failure ?? null);
    const { facts } = await this.original(organizationId, item.digest);
    return this.atOnce.get(organizationId, item, plan, facts);
  }

  private async original(organizationId: string, digest: string): Promise<Stored> {
    const found = await this.database.organization(organizationId, (tx) =>
      row<Stored>(
        tx,
        'select digest, facts, storage_key from media_assets where organization_id = $1 and digest = $2 limit 1',
        [organizationId, digest],
      ),
    );
    if (!found) throw new RenditionFailedError(ORIGINAL_MISSING);
    return found;
  }

  /** A picture of what was uploaded. */
  private async still(organizationId: string, asset: MediaAssetRecord, width: PreviewWidth): Promise<Stored> {
    const { facts, digest } = asset;
    const plan = stillOf(facts, width);
    if (!plan) throw Problem.notFound('This document has no picture to show. Ask for the file itself.');
    if (plan.action !== 'render') return asset;
    const key = { digest, planHash: planHash(plan) };
    return asProblem(() => this.atOnce.get(organizationId, key, plan, facts));
  }

  private file({ facts, digest, storage_key }: Stored): ShownFile {
    return {
      contentType: facts.contentType,
      bytes: facts.bytes,
      digest,
      open: (range) => this.storage.open(storage_key, range),
    };
  }
}

/** How a file is made into a picture to look at. Undefined for a document of which nobody knows what it looks like. */
function stillOf(facts: MediaFacts, width: PreviewWidth): ImagePlan | undefined {
  switch (facts.kind) {
    case 'document':
      return planPage(facts, width);
    case 'video':
      return planStill(facts, width);
    case 'image':
      return planPreview(facts, width);
  }
}
