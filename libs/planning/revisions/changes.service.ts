import { Injectable } from '@nestjs/common';
import { Database, Problem, rows, type Transaction } from '#kernel';
import { MediaLibrary } from '#media';
import { PlatformRegistry } from '#platforms';
import { mediaIds, type PostContent } from '../post-content.js';
import { findPost } from '../post-record.js';
import { type Change, changesBetween, type Names } from './changes.js';

/** What differs between two revisions of a post. */
export interface Changes {
  from: number;
  to: number;
  changes: Change[];
}

/** The readable difference between what a post said and what it says. */
@Injectable()
export class ChangesService {
  constructor(
    private readonly database: Database,
    private readonly media: MediaLibrary,
    private readonly registry: PlatformRegistry,
  ) {}

  /** @param to left out = the present one. @throws Problem 404, 422 naming a revision that is not there */
  get(organizationId: string, postId: string, from: number, to: number | undefined): Promise<Changes> {
    return this.database.tenant(organizationId, (tx) => this.between(tx, postId, from, to));
  }

  /** The same in a transaction. @throws Problem 404, 422 naming a revision that is not there */
  async between(tx: Transaction, postId: string, from: number, to?: number): Promise<Changes> {
    const post = await findPost(tx, postId);
    const until = to ?? post.revision;
    const found = await rows<{ number: number; content: PostContent }>(
      tx,
      'select number, content from post_revisions where post_id = $1 and number = any($2::int[])',
      [postId, [from, until]],
    );
    const contentOf = (number: number) => found.find((one) => one.number === number)?.content;
    const [before, after] = [contentOf(from), contentOf(until)];
    if (!before || !after) throw unknownRevision(before ? 'to' : 'from', post.revision);
    const names = await this.names(tx, post.workspace_id, [before, after]);
    return { from, to: until, changes: changesBetween(before, after, names) };
  }

  private async names(tx: Transaction, workspaceId: string, contents: readonly PostContent[]): Promise<Names> {
    const channels = await rows<{ id: string; name: string; platform: string }>(
      tx,
      'select id, name, platform from channels where id = any($1::uuid[])',
      [contents.flatMap((content) => content.channels.map(({ id }) => id))],
    );
    const assets = await this.media.assets(tx, workspaceId, contents.flatMap(mediaIds));
    const channel = (id: string) => channels.find((one) => one.id === id);
    return {
      channel: (id) => channel(id)?.name ?? 'a channel that is gone',
      media: (id) => {
        const asset = assets.get(id);
        return asset && { filename: asset.filename, altText: asset.alt_text, kind: asset.kind };
      },
      setting: (id, name) =>
        this.registry.find(channel(id)?.platform ?? '')?.adapter.manifest.settings.find((field) => field.name === name),
    };
  }
}

function unknownRevision(field: 'from' | 'to', newest: number): Problem {
  return Problem.validation([
    {
      field,
      rule: 'unknown-revision',
      message: 'The post has no such revision.',
      remedy: `Name one from 1 to ${newest}.`,
    },
  ]);
}
