import {
  escapeHtml,
  htmlPage,
  type JsonObject,
  problemPage,
  type SandboxAnswer,
  type SandboxRequest,
} from '#platforms/core';
import { invalid, notPermitted, ok, pinNotFound, sectionNotFound } from './answers.js';
import { boardFor } from './boards.js';
import { pinNode } from './nodes.js';
import { readSource } from './source.js';
import { newId, type Pin, type State } from './state.js';
import { caller } from './tokens.js';

const WRITING = ['boards:read', 'boards:write', 'pins:read', 'pins:write'] as const;

/** Texts of a Pin and how long they may be, in code points. */
const TEXTS = { title: 100, description: 800, link: 2_048, alt_text: 500 } as const;
const OF_NEW = ['board_id', 'board_section_id', 'dominant_color', 'media_source', 'parent_pin_id', 'sponsor_id'];
const OF_CHANGE = ['board_id', 'board_section_id', 'carousel_slots'];

/** `POST /pins`: https://developers.pinterest.com/docs/api/v5/pins-create */
export async function createPin(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  const who = caller(state, request, ...WRITING);
  if (state.access === 'trial-in-production') {
    throw notPermitted(
      'Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.',
    );
  }
  const { json } = request;
  requireKnown(json, OF_NEW);
  const texts = textsIn(json);
  if ((json.sponsor_id ?? null) !== null) throw notPermitted();
  const place = placeIn(state, who, json);
  if (!place) throw invalid('board_id is required.');
  const { dominant_color: color = null } = json;
  if (color !== null && (typeof color !== 'string' || !/^#[0-9a-f]{6}$/i.test(color))) {
    throw invalid('dominant_color is no colour.');
  }
  const sourced = await readSource(state, who.userId, json.media_source);
  const pin: Pin = {
    ...{ id: newId(), userId: who.userId, isOwner: true, at: state.world.now().toISOString() },
    ...place,
    ...{
      title: texts.title ?? '',
      description: texts.description ?? '',
      link: texts.link ?? '',
      altText: texts.alt_text ?? '',
    },
    ...sourced,
  };
  state.pins.set(pin.id, pin);
  show(state, pin);
  return ok(pinNode(state, pin), 201);
}

/** `GET /pins/{id}` */
export function readPin(state: State, request: SandboxRequest): SandboxAnswer {
  const { userId } = caller(state, request, 'boards:read', 'pins:read');
  return ok(pinNode(state, ownPin(state, request, userId)));
}

/** `PATCH /pins/{id}`: a beta feature, which a rehearsal can switch off. https://developers.pinterest.com/docs/api/v5/pins-update */
export function updatePin(state: State, request: SandboxRequest): SandboxAnswer {
  const who = caller(state, request, ...WRITING);
  if (state.arranged('no-beta') === true) throw notPermitted();
  const { json } = request;
  requireKnown(json, OF_CHANGE);
  const pin = ownPin(state, request, who.userId);
  const texts = textsIn(json);
  const changed: Pin = {
    ...pin,
    ...placeIn(state, who, json),
    ...(texts.title !== undefined && { title: texts.title }),
    ...(texts.description !== undefined && { description: texts.description }),
    ...(texts.link !== undefined && { link: texts.link }),
    ...(texts.alt_text !== undefined && { altText: texts.alt_text }),
  };
  state.pins.set(pin.id, changed);
  state.world.hide(pin.userId, pin.id);
  show(state, changed);
  return ok(pinNode(state, changed));
}

/** `DELETE /pins/{id}` */
export function deletePin(state: State, request: SandboxRequest): SandboxAnswer {
  const { userId } = caller(state, request, ...WRITING);
  const pin = ownPin(state, request, userId);
  state.pins.delete(pin.id);
  state.world.hide(pin.userId, pin.id);
  return { status: 204 };
}

/** Where a permalink leads. */
export function showPin(state: State, { params }: SandboxRequest): SandboxAnswer {
  const pin = state.pins.get(params.id ?? '');
  if (!pin) return problemPage('Pinterest', 'This Pin is not there.', 404);
  const board = state.boards.get(pin.boardId)?.name ?? '';
  return htmlPage(
    'Pinterest',
    pin.title || 'A Pin',
    `<p>${escapeHtml(pin.description)}</p><p>On the board ${escapeHtml(board)}</p>`,
  );
}

function show(state: State, pin: Pin): void {
  const board = state.boards.get(pin.boardId);
  const section = board?.sections.find(({ id }) => id === pin.sectionId);
  const accountName = state.grants.get(pin.userId)?.name;
  state.world.show({
    platform: 'pinterest',
    account: pin.userId,
    ...(accountName !== undefined && { accountName }),
    id: pin.id,
    text: pin.description,
    ...(pin.link !== '' && { link: pin.link }),
    media: pin.files.map(({ contentType, bytes, digest }) => ({
      ...{ contentType, bytes, digest },
      ...(pin.altText !== '' && { altText: pin.altText }),
    })),
    at: pin.at,
    permalink: `${state.world.baseUrl}/www/pin/${pin.id}/`,
    details: {
      format: pin.kind === 'multiple_images' ? 'carousel' : pin.kind === 'video' ? 'video' : 'pin',
      ...(pin.title !== '' && { title: pin.title }),
      ...(board && { board: board.name }),
      ...(section && { section: section.name }),
      ...(pin.cover !== undefined && { cover: pin.cover }),
      // Pins of trial access are "visible only to creator".
      ...(state.access === 'trial' && { audience: 'only you' }),
    },
  });
}

function ownPin(state: State, { params }: SandboxRequest, userId: string): Pin {
  const pin = state.pins.get(params.id ?? '');
  if (!pin || pin.userId !== userId) throw pinNotFound();
  return pin;
}

function placeIn(
  state: State,
  who: { userId: string; scopes: readonly string[] },
  { board_id: board, board_section_id: section = null }: JsonObject,
): Pick<Pin, 'boardId' | 'sectionId'> | undefined {
  if (board === undefined && section === null) return undefined;
  if (typeof board !== 'string' || !/^\d+$/.test(board)) throw invalid('board_id does not match ^\\d+$.');
  const found = boardFor(state, who, board);
  if (section === null) return { boardId: found.id };
  if (typeof section !== 'string' || !/^\d+$/.test(section)) throw invalid('board_section_id does not match ^\\d+$.');
  if (!found.sections.some(({ id }) => id === section)) throw sectionNotFound();
  return { boardId: found.id, sectionId: section };
}

/** The texts that are given; `null` empties one. */
function textsIn(json: JsonObject): Partial<Record<keyof typeof TEXTS, string>> {
  const names = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = json[name];
      if (value === undefined) return [];
      if (value !== null && typeof value !== 'string') throw invalid(`${name} is not of type string.`);
      if ([...(value ?? '')].length > TEXTS[name]) throw invalid(`${name} is too long: ${TEXTS[name]} at the most.`);
      if (name === 'link' && value && !/^https?:\/\/\S+$/i.test(value)) throw invalid('link is no URL.');
      return [[name, value ?? '']];
    }),
  );
}

function requireKnown(json: JsonObject, names: readonly string[]): void {
  const unknown = Object.keys(json).find((name) => !names.includes(name) && !(name in TEXTS));
  if (unknown !== undefined) throw invalid(`Additional properties are not allowed ('${unknown}' was unexpected).`);
}
