import { validate } from 'uuid';
import { type CursorKeys, decodeCursor, type Page, pageOf, type PageQuery } from './page.js';

/** A page of a list that is sorted by id alone. Ids are UUIDv7, so that is the order in which things were made. */
export async function pageById<T extends { id: string }>(
  { limit, cursor }: PageQuery,
  read: (range: { limit: number; after?: string }) => Promise<T[]>,
): Promise<Page<T>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, isId)[0];
  const rows = await read({ limit: limit + 1, ...(after !== undefined && { after }) });
  return pageOf(rows, limit, (row) => [row.id]);
}

function isId(keys: CursorKeys): keys is readonly [string] {
  return keys.length === 1 && validate(keys[0]);
}
