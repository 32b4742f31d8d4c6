import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows } from '#kernel';
import { type MediaKind } from '../plan/facts.js';
import { type ListedAsset, type MediaView, SELECT_LISTED, viewOf } from './view.js';
import { wantedWords } from './words.js';

/** In which order the library is listed: newest first, by name, largest first. */
export const MEDIA_ORDERS = ['newest', 'name', 'size'] as const;
export type MediaOrder = (typeof MEDIA_ORDERS)[number];

/** What is looked for in a library; all of it has to fit. */
export interface MediaFilter {
  /** Words that begin words of the name, the tags or the description. */
  q?: string | undefined;
  /** Null = in no folder; left out = wherever it lies. */
  folderId?: string | null | undefined;
  tag?: string | undefined;
  kind?: MediaKind | undefined;
  /** No post uses it. */
  unused?: boolean | undefined;
  /** An image or video without description. */
  missingAltText?: boolean | undefined;
}

/** Behind which row a page begins: the key that it is sorted by, and its id. */
export interface MediaPosition {
  key: string | number;
  id: string;
}

interface PositionedAsset extends ListedAsset {
  key: string | number;
}

/** By order: the column, the direction, and the key as JSON can hold it and PostgreSQL reads it again. */
const ORDERS: Readonly<Record<MediaOrder, { column: string; down: boolean; key: string; type: string }>> = {
  newest: {
    column: 'a.created_at',
    down: true,
    key: `to_char(a.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    type: 'timestamptz',
  },
  name: { column: 'a.sort_name', down: false, key: 'a.sort_name', type: 'text' },
  size: { column: 'a.bytes', down: true, key: 'a.bytes::float8', type: 'bigint' },
};

/** Looks for files in the library of a workspace. */
@Injectable()
export class MediaSearch {
  constructor(private readonly database: Database) {}

  /** Those that stand in the library: of each its present version. @throws Problem 404 */
  async list(
    organizationId: string,
    workspaceId: string,
    filter: MediaFilter,
    page: { order: MediaOrder; limit: number; after?: MediaPosition | undefined },
  ): Promise<{ view: MediaView; position: MediaPosition }[]> {
    const { column, down, key, type } = ORDERS[page.order];
    const [direction, comparison] = down ? ['desc', '<'] : ['asc', '>'];
    const where = new Conditions(workspaceId, filter);
    if (page.after) {
      const after = `(${where.value(page.after.key)}::${type}, ${where.value(page.after.id)}::uuid)`;
      where.add(`(${column}, a.id) ${comparison} ${after}`);
    }
    return this.database.tenant(organizationId, async (tx) => {
      if (!(await row(tx, 'select 1 from workspaces where id = $1', [workspaceId]))) throw Problem.notFound();
      const found = await rows<PositionedAsset>(
        tx,
        `${SELECT_LISTED.replace('select a.*,', `select a.*, ${key} as key,`)}
          where ${where.sql} order by ${column} ${direction}, a.id ${direction} limit ${where.value(page.limit)}`,
        where.values,
      );
      return found.map((asset) => ({ view: viewOf(asset), position: { key: asset.key, id: asset.id } }));
    });
  }

  /** The tags that are in use, the most frequent first; those that begin with a text. @throws Problem 404 */
  async tags(
    organizationId: string,
    workspaceId: string,
    { startsWith, limit }: { startsWith: string; limit: number },
  ): Promise<{ tag: string; count: number }[]> {
    const prefix = startsWith.normalize('NFC').toLowerCase();
    return this.database.tenant(organizationId, async (tx) => {
      if (!(await row(tx, 'select 1 from workspaces where id = $1', [workspaceId]))) throw Problem.notFound();
      return rows<{ tag: string; count: number }>(
        tx,
        `select t.tag, count(*)::int as count
           from media_tags t join media_assets a on a.id = t.asset_id and a.current and a.deleted_at is null
          where t.workspace_id = $1 and t.tag >= $2 and t.tag < $3
          group by t.tag order by count(*) desc, t.tag limit $4`,
        [workspaceId, prefix, behind(prefix), limit],
      );
    });
  }
}

/** The conditions of a list, with their values. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  constructor(workspaceId: string, filter: MediaFilter) {
    this.add('a.current and a.deleted_at is null');
    this.add(`a.workspace_id = ${this.value(workspaceId)}`);
    if (filter.folderId === null) this.add('a.folder_id is null');
    else if (filter.folderId !== undefined) this.add(`a.folder_id = ${this.value(filter.folderId)}`);
    if (filter.kind !== undefined) this.add(`a.kind = ${this.value(filter.kind)}`);
    if (filter.tag !== undefined) {
      const tag = this.value(filter.tag.normalize('NFC').trim().toLowerCase());
      this.add(`a.id in (select t.asset_id from media_tags t where t.workspace_id = $1 and t.tag = ${tag})`);
    }
    if (filter.missingAltText) this.add(`a.alt_text is null and a.kind <> 'document'`);
    if (filter.unused) this.add(UNUSED);
    if (filter.q !== undefined && filter.q.trim() !== '') this.search(filter.q);
  }

  get sql(): string {
    return this.parts.join(' and ');
  }

  add(condition: string): void {
    this.parts.push(condition);
  }

  /** The placeholder of a value. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  private search(q: string): void {
    const words = wantedWords(q);
    // What has no letter and no digit is in no name.
    if (words.length === 0) this.add('false');
    for (const word of words) {
      const [from, to] = [this.value(word), this.value(behind(word))];
      this.add(
        `a.id in (select w.asset_id from media_words w where w.workspace_id = $1 and w.word >= ${from} and w.word < ${to})`,
      );
    }
  }
}

const UNUSED = `not exists (select 1 from media_assets s join post_media m on m.asset_id = s.id
  join posts p on p.id = m.post_id where s.series_id = a.series_id and m.current and p.deleted_at is null)`;

/** The first text, byte by byte, that no longer begins with `prefix`, for all that people write. */
function behind(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
