import { type AttentionFilter } from './queries.js';

/** What something pasted may be, the likeliest first. */
export type FindField = 'publicationId' | 'postId' | 'requestId' | 'platformCode' | 'text';

/** One way to understand what was pasted. */
export interface Understanding {
  field: FindField;
  value: string;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const MAX_LENGTH = 200;

/** Everything that a pasted text may be, in the order in which it is worth looking: an id, a request id, a code, words. */
export function understandingsOf(find: string): Understanding[] {
  const value = find.trim().slice(0, MAX_LENGTH);
  const post = new RegExp(`/posts/(${UUID.source})`, 'i').exec(value)?.[1];
  if (post !== undefined) return [{ field: 'postId', value: post }];
  if (new RegExp(`^${UUID.source}$`, 'i').test(value)) {
    const fields: FindField[] = ['publicationId', 'postId', 'requestId', 'text'];
    return fields.map((field) => ({ field, value }));
  }
  const oneWord = !/\s/.test(value);
  const fields: FindField[] = oneWord ? ['requestId', 'platformCode', 'text'] : ['text', 'platformCode'];
  return fields.map((field) => ({ field, value }));
}

/** How the chip names it. */
export const FIND_NAMES: Record<FindField, string> = {
  publicationId: 'Publication',
  postId: 'Post',
  requestId: 'Request id',
  platformCode: 'Code',
  text: 'Text',
};

/** A filter that looks for it. */
export function filterWith(filter: AttentionFilter, { field, value }: Understanding): AttentionFilter {
  return { ...filter, [field]: value };
}
