import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { boardNotFound, invalid, ok, sectionNotFound } from './answers.js';
import { pinNode } from './nodes.js';
import { type Board, stamp, type State, usernameOf } from './state.js';
import { caller } from './tokens.js';

/** Small, so that nobody reads one page and takes it for all. "Maximum number of items to include in a single page." */
const PAGE_CAP = 10;
const PAGING = ['bookmark', 'page_size', 'ad_account_id'];

/** `GET /boards`: https://developers.pinterest.com/docs/api/v5/boards-list */
export function listBoards(state: State, request: SandboxRequest): SandboxAnswer {
  const who = caller(state, request, 'boards:read');
  requireQuery(request, [...PAGING, 'privacy']);
  const { privacy = 'ALL' } = request.query;
  const wanted: Readonly<Record<string, readonly string[]>> = {
    ALL: ['PUBLIC', 'PROTECTED', 'SECRET'],
    PUBLIC: ['PUBLIC'],
    PROTECTED: ['PROTECTED'],
    SECRET: ['SECRET'],
    PUBLIC_AND_SECRET: ['PUBLIC', 'SECRET'],
  };
  if (!wanted[privacy]) throw invalid('privacy is unknown.');
  const boards = state
    .boardsOf(who.userId)
    .filter((board) => wanted[privacy]?.includes(board.privacy) && mayRead(board, who));
  return ok(page(request, boards, (board) => boardNode(state, board)));
}

/** `GET /boards/{id}` */
export function readBoard(state: State, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, ['ad_account_id']);
  return ok(boardNode(state, visibleBoard(state, request, 'boards:read')));
}

/** `GET /boards/{id}/sections` */
export function listSections(state: State, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, PAGING);
  const { sections } = visibleBoard(state, request, 'boards:read');
  return ok(page(request, sections, (section) => ({ ...section })));
}

/** `GET /boards/{id}/pins`: all of the board, those in sections too; and of one section alone. Newest first. */
export function listPins(state: State, request: SandboxRequest): SandboxAnswer {
  const { section: sectionId } = request.params;
  requireQuery(request, sectionId === undefined ? [...PAGING, 'creative_types', 'pin_metrics'] : PAGING);
  const board = visibleBoard(state, request, 'boards:read', 'pins:read');
  if (sectionId !== undefined && !board.sections.some(({ id }) => id === sectionId)) throw sectionNotFound();
  const pins = state.pinsOf(board.id).filter((pin) => sectionId === undefined || pin.sectionId === sectionId);
  return ok(page(request, pins, (pin) => pinNode(state, pin)));
}

/** The board of a path, if the caller may see it. */
function visibleBoard(state: State, request: SandboxRequest, ...scopes: readonly string[]): Board {
  const who = caller(state, request, ...scopes);
  const id = request.params.board ?? '';
  if (!/^\d+$/.test(id)) throw invalid('board_id must match ^\\d+$.');
  return boardFor(state, who, id);
}

/** A board by its id, if this account may see it. */
export function boardFor(state: State, who: { userId: string; scopes: readonly string[] }, id: string): Board {
  const board = state.boards.get(id);
  if (!board || board.deleted || board.userId !== who.userId || !mayRead(board, who)) throw boardNotFound();
  return board;
}

/** "See your secret boards" is a scope of its own. */
function mayRead({ privacy }: Board, { scopes }: { scopes: readonly string[] }): boolean {
  return privacy !== 'SECRET' || scopes.includes('boards:read_secret');
}

function boardNode(state: State, board: Board): JsonObject {
  const pins = state.pinsOf(board.id);
  return {
    id: board.id,
    name: board.name,
    description: '',
    privacy: board.privacy,
    owner: { username: usernameOf(state.grants.get(board.userId)?.name ?? '') },
    pin_count: pins.length,
    follower_count: 0,
    collaborator_count: 0,
    is_ads_only: board.isAdsOnly,
    created_at: stamp(board.createdAt),
    board_pins_modified_at: stamp(pins[0]?.at ?? board.createdAt),
    media: { image_cover_url: null, pin_thumbnail_urls: [] },
  };
}

/** https://developers.pinterest.com/docs/reference/pagination/ */
function page<T extends { id: string }>(
  request: SandboxRequest,
  all: readonly T[],
  node: (item: T) => JsonObject,
): JsonObject {
  const { page_size: size = '25', bookmark } = request.query;
  if (!/^\d+$/.test(size) || Number(size) < 1 || Number(size) > 250) throw invalid('page_size must be 1 to 250.');
  const start = bookmark === undefined ? 0 : all.findIndex(({ id }) => markOf(id) === bookmark) + 1;
  if (bookmark !== undefined && start === 0) throw invalid('The bookmark is unknown.');
  const items = all.slice(start, start + Math.min(Number(size), PAGE_CAP));
  const last = items.at(-1);
  const more = last !== undefined && start + items.length < all.length;
  return { items: items.map(node), bookmark: more ? markOf(last.id) : null };
}

function markOf(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url');
}

function requireQuery({ query }: SandboxRequest, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a parameter of this request.`);
}
