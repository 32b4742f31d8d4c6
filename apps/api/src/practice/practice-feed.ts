import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import { Database, Problem } from '#kernel';
import { type ShownFile } from '#media';
import { type DrawnPost } from '#sandbox';
import { type CursorKeys, decodeCursor, encodeCursor, type Page, type PageQuery } from '../http/index.js';
import { type PracticePostDto } from './practice.dto.js';
import { PracticeNetworks } from './practice-networks.js';
import { listPublished, type Published, publishedAny } from './published.js';

/** So many times a page is filled up when posts of it were removed or the practice networks were reset. */
const ROUNDS = 5;
const DIGEST = /^[0-9a-f]{64}$/;

/** What an organization sees of the practice networks: what it published there itself. */
@Injectable()
export class PracticeFeed {
  constructor(
    private readonly database: Database,
    private readonly networks: PracticeNetworks,
  ) {}

  /** Newest first. A page may be shorter than asked for although there is a next one. Throws a problem. */
  async page(organizationId: string, { limit, cursor }: PageQuery): Promise<Page<PracticePostDto>> {
    this.networks.requireEnabled();
    const data: PracticePostDto[] = [];
    let behind = cursor === undefined ? undefined : decodeCursor(cursor, isCursor);
    for (let round = 0; round < ROUNDS && data.length < limit; round += 1) {
      const wanted = limit - data.length;
      const found = await this.database.tenant(organizationId, (tx) =>
        listPublished(tx, wanted + 1, behind && { at: behind[0], segment: behind[1] }),
      );
      const published = found.slice(0, wanted);
      data.push(...(await this.seen(published)));
      const last = published.at(-1);
      if (found.length <= wanted || !last) return { data };
      behind = [last.at, last.segment];
    }
    return { data, ...(behind && { next: encodeCursor(behind) }) };
  }

  /** An image or a video of a post that the organization sees. Throws a problem. */
  async image(organizationId: string, digest: string): Promise<ShownFile> {
    this.networks.requireEnabled();
    if (!DIGEST.test(digest)) throw Problem.notFound();
    const showing = await this.networks.showing(digest);
    const own = await this.database.tenant(organizationId, (tx) => publishedAny(tx, showing));
    const file = own ? await this.networks.file(digest) : undefined;
    if (!file) throw Problem.notFound();
    const isShown = /^(image\/|video\/(mp4|webm|quicktime)$)/.test(file.contentType);
    const contentType = isShown ? file.contentType : 'application/octet-stream';
    return {
      digest,
      contentType,
      bytes: file.bytes,
      open: async (range = { start: 0 }) => Readable.from(file.read(range)),
    };
  }

  private async seen(published: readonly Published[]): Promise<PracticePostDto[]> {
    const names = published.map(({ platform, object }) => ({ platform, id: object }));
    const visible = await this.networks.visible(names);
    return published.flatMap((own) =>
      visible
        .filter(({ platform, id }) => platform === own.platform && id === own.object)
        .map((post) => this.view(own, post)),
    );
  }

  private view(own: Published, post: DrawnPost): PracticePostDto {
    const { poster, ...look } = post.drawn;
    return {
      platform: own.platform,
      channelId: own.channelId,
      workspaceId: own.workspaceId,
      postId: own.postId,
      publicationId: own.publicationId,
      account: post.account,
      accountName: post.accountName ?? own.channelName,
      id: post.id,
      text: post.text,
      ...(post.link !== undefined && { link: post.link }),
      media: post.media.map(({ digest, contentType, altText }) => ({
        url: addressOf(digest),
        contentType,
        ...(altText !== undefined && { altText }),
      })),
      ...(post.replyTo !== undefined && { replyTo: post.replyTo }),
      look: { ...look, ...(poster !== undefined && { poster: addressOf(poster) }) },
      at: post.at,
      permalink: post.permalink ?? this.networks.pageOf(post),
    };
  }
}

function addressOf(digest: string): string {
  return `/v1/practice/media/${digest}`;
}

type Cursor = [at: string, segment: string];

function isCursor(keys: CursorKeys): keys is Cursor {
  const [at, segment] = keys;
  return keys.length === 2 && /^\d{1,16}$/.test(String(at)) && validate(segment);
}
