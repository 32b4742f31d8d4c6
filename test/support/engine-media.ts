import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { publish } from '#kernel';
import { RENDITION_FINISHED } from '#media';
import { type MediaSource } from '#platforms/core';
import { practiceVideo, type PracticeVideoOptions } from '#platforms/testing';
import { type MediaContent, type PublicationContent, type PublicationRecord } from '#publishing';
import { type TestEngine, type TestTenant } from './engine.js';

/** A version of a video as `renditions` has it. */
interface RenditionRow {
  id: string;
  source_digest: string;
  plan_hash: string;
  state: string;
  needed_at: Date | null;
  failure: { message: string; remedy: string } | null;
}

/** Videos for the delivery engine, and the part of whoever makes the versions of them that go out. */
export class EngineMedia {
  constructor(private readonly engine: TestEngine) {}

  /** A version of a video that has to be made before it can be sent, made by no plan that exists. */
  video(change: Partial<MediaContent> = {}): MediaContent {
    const digest = sha256(randomUUID());
    const plan = {
      ...{ output: 'video', action: 'transcode', width: 270, height: 480, durationMs: 2_000 },
      ...{ limit: { types: ['video/mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'], maxBytes: 1e8 }, steps: [] },
    };
    return { assetId: randomUUID(), kind: 'video', digest, planHash: sha256(randomUUID()), plan, ...change };
  }

  /** Schedules a post with these files on one channel; due now, or so many seconds from now. */
  async schedule(
    tenant: TestTenant,
    channelId: string,
    media: MediaContent[],
    { text = 'Watch this', dueIn = 0, cleared = true } = {},
  ): Promise<PublicationRecord> {
    const { organizationId, workspaceId } = tenant;
    const at = new Date(Date.now() + dueIn * 1_000);
    const due = { at, timeZone: 'UTC', local: at.toISOString().slice(0, 16) };
    const post = { organizationId, workspaceId, channelId, postId: randomUUID(), revision: 1 };
    const [created] = await this.engine.as(tenant, (tx, actor) =>
      this.engine.publications.schedule(tx, actor, [{ ...post, content: this.content(media, text), due, cleared }]),
    );
    if (!created) throw new Error('Nothing was scheduled.');
    return created;
  }

  content(media: MediaContent[], text = 'Watch this'): PublicationContent {
    return { segments: [{ kind: 'post', text, media }], settings: {} };
  }

  /** What is known of a version. */
  async rendition({ digest, planHash }: MediaContent): Promise<RenditionRow | undefined> {
    const { rows } = await this.engine.owner.query<RenditionRow>(
      'select * from renditions where source_digest = $1 and plan_hash = $2',
      [digest, planHash],
    );
    return rows[0];
  }

  /** Which versions a publication sends. */
  async sent(publicationId: string): Promise<{ plan_hash: string; awaited: boolean }[]> {
    const { rows } = await this.engine.owner.query<{ plan_hash: string; awaited: boolean }>(
      'select plan_hash, awaited from publication_media where publication_id = $1 order by plan_hash',
      [publicationId],
    );
    return rows;
  }

  /** The version is made: from now on this video is sent. */
  async made(tenant: TestTenant, media: MediaContent, options: PracticeVideoOptions = {}): Promise<MediaSource> {
    const source = practiceVideo({ width: 270, height: 480, ...options });
    const key = `${tenant.organizationId}/renditions/${randomUUID()}`;
    await this.engine.kernel.storage.put(key, Readable.from(await (await source.open()).toArray()), 'video/mp4');
    const facts = {
      ...{ kind: 'video', container: 'mp4', contentType: 'video/mp4', width: 270, height: 480, bytes: source.bytes },
      ...{ durationMs: 2_000, codec: 'h264', pixelFormat: 'yuv420p', frameRate: 30, fastStart: true, metadata: [] },
    };
    await this.end(tenant, media, 'ready', {
      sql: ', digest = $3, facts = $4, storage_key = $5',
      values: [source.digest, JSON.stringify(facts), key],
    });
    return source;
  }

  /** The version cannot be made. */
  async notMade(tenant: TestTenant, media: MediaContent, failure: { message: string; remedy: string }): Promise<void> {
    const told = JSON.stringify({ rule: 'media.rendition-failed', ...failure });
    await this.end(tenant, media, 'failed', { sql: ', failure = $3', values: [told] });
  }

  /** Somebody stopped the making of it. */
  cancelled(tenant: TestTenant, media: MediaContent): Promise<void> {
    return this.end(tenant, media, 'cancelled', { sql: '', values: [] });
  }

  private async end(
    { organizationId }: TestTenant,
    { digest, planHash }: MediaContent,
    state: 'ready' | 'failed' | 'cancelled',
    more: { sql: string; values: unknown[] },
  ): Promise<void> {
    await this.engine.owner.query(
      `update renditions set state = '${state}'${more.sql} where source_digest = $1 and plan_hash = $2`,
      [digest, planHash, ...more.values],
    );
    const payload = { organizationId, sourceDigest: digest, planHash, state };
    await this.engine.kernel.database.engine((tx) =>
      publish(tx, { organizationId, topic: RENDITION_FINISHED, payload }),
    );
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
