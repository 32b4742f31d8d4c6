import { validate } from 'uuid';

/**
 * A place in an organization's publishing log: behind this entry, or before the first one. The order is that of the
 * transactions that wrote the entries, then of publication and version.
 */
export type Position = 'start' | { xid: string; publicationId: string; version: number };

const MAX_XID = 2n ** 64n;
const CURSOR = /^(\d{1,20})\.([0-9a-f-]{36})\.([1-9]\d{0,9})$/;

/** As text for clients, opaque to them. */
export function cursorOf(position: Position): string {
  if (position === 'start') return position;
  return `${position.xid}.${position.publicationId}.${position.version}`;
}

/** Undefined for whatever no feed has ever handed out. */
export function parseCursor(cursor: string): Position | undefined {
  if (cursor === 'start') return cursor;
  const [, xid = '', publicationId = '', version = ''] = CURSOR.exec(cursor) ?? [];
  if (!validate(publicationId) || BigInt(xid) >= MAX_XID || Number(version) >= 2 ** 31) return undefined;
  return { xid, publicationId, version: Number(version) };
}
