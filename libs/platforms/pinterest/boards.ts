import { type AccountContext, type JsonObject, type LookupAnswer, stringField } from '#platforms/core';
import { callApi, idField, pagesOf } from './api.js';
import { OPERATIONS } from './classify.js';

/** An account may have 2,000 boards: https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/ */
const MOST_PAGES = 8;
/** What a list offers at once, and a search. */
const MOST_LISTED = 250;
const MOST_FOUND = 20;

/** A board, or a section of one. */
interface Place {
  id: string;
  name: string;
  detail?: string;
}

/** A board of the account. Throws where it is not there. https://developers.pinterest.com/docs/api/v5/boards-get */
export async function boardOf(ctx: AccountContext, id: string): Promise<Place> {
  const operation = OPERATIONS.readBoard;
  return boardIn(
    await callApi(ctx, { operation, method: 'GET', path: `/boards/${encodeURIComponent(id)}` }),
    operation,
  );
}

/** The sections of a board. https://developers.pinterest.com/docs/api/v5/board_sections-list */
export async function* sectionsOf(ctx: AccountContext, boardId: string): AsyncGenerator<Place> {
  const operation = OPERATIONS.readSections;
  const path = `/boards/${encodeURIComponent(boardId)}/sections`;
  for await (const { items } of pagesOf(ctx, { operation, path, maxPages: MOST_PAGES })) {
    for (const item of items) {
      yield { id: idField(item, 'id', operation), name: stringField(item, 'name', operation) };
    }
  }
}

/**
 * Boards and their sections whose names hold the query; all of them where there is none. Pinterest searches in neither, so the
 * lists are read. Secret boards are not among them: they have permissions of their own, which are not asked for.
 */
export async function lookup(
  ctx: AccountContext,
  setting: string,
  query: string,
  of?: string,
): Promise<LookupAnswer[]> {
  switch (setting) {
    case 'board':
      return found(boardsOf(ctx), query);
    case 'section':
      return of === undefined || of === '' ? [] : found(sectionsOf(ctx, of), query);
    default:
      throw new Error(`Pinterest looks nothing up for the setting "${setting}".`);
  }
}

/** https://developers.pinterest.com/docs/api/v5/boards-list */
async function* boardsOf(ctx: AccountContext): AsyncGenerator<Place> {
  const operation = 'read the boards';
  for await (const { items } of pagesOf(ctx, { operation, path: '/boards', maxPages: MOST_PAGES })) {
    // Boards for ads take no Pins of this kind: `is_ads_only`.
    for (const item of items) if (item.is_ads_only !== true) yield boardIn(item, operation);
  }
}

async function found(places: AsyncGenerator<Place>, query: string): Promise<LookupAnswer[]> {
  const wanted = folded(query.trim());
  const most = wanted === '' ? MOST_LISTED : MOST_FOUND;
  const answers: LookupAnswer[] = [];
  for await (const { id, name, detail } of places) {
    if (!folded(name).includes(wanted)) continue;
    answers.push({ value: id, label: name, ...(detail !== undefined && { detail }) });
    if (answers.length >= most) break;
  }
  return answers;
}

function boardIn(item: JsonObject, operation: string): Place {
  const detail = item.privacy === 'SECRET' ? 'Secret' : item.privacy === 'PROTECTED' ? 'Protected' : undefined;
  return {
    id: idField(item, 'id', operation),
    name: stringField(item, 'name', operation),
    ...(detail !== undefined && { detail }),
  };
}

/** Without regard to case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
