import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { type Board, newId, type State } from './state.js';

const DONE: SandboxAnswer = { status: 204 };

/** Ends a person's tokens; the refresh tokens only with `refresh`. */
export function expire(state: State, { json: { user, refresh } }: SandboxRequest): SandboxAnswer {
  if (typeof user !== 'string') return wrong('Give "user", an id; and "refresh", whether refresh tokens end as well.');
  state.end((token) => token.userId === user && (token.kind === 'access' || refresh === true));
  return DONE;
}

/** What Pinterest granted the app: "standard", "trial" or "trial-in-production". */
export function setAccess(state: State, { json: { access } }: SandboxRequest): SandboxAnswer {
  if (access !== 'standard' && access !== 'trial' && access !== 'trial-in-production') {
    return wrong('Give "access": "standard", "trial" or "trial-in-production".');
  }
  state.arrange('access', access);
  return DONE;
}

/** What Pinterest does not let the app do: give tokens back ("keeps-tokens"), change Pins ("no-beta"). */
export function arrange(state: State, { json: { what, on } }: SandboxRequest): SandboxAnswer {
  if ((what !== 'keeps-tokens' && what !== 'no-beta') || typeof on !== 'boolean') {
    return wrong('Give "what": "keeps-tokens" or "no-beta"; and "on".');
  }
  state.arrange(what, on);
  return DONE;
}

/** How many calls of a category a window takes. */
export function allow(state: State, { json: { category, limit } }: SandboxRequest): SandboxAnswer {
  if ((category !== 'org_read' && category !== 'org_write') || typeof limit !== 'number') {
    return wrong('Give "category": "org_read" or "org_write"; and "limit".');
  }
  state.arrange(`limit:${category}`, limit);
  return DONE;
}

/** A board is made, changed or taken away by the person. */
export function changeBoard(state: State, { json }: SandboxRequest): SandboxAnswer {
  const { user, name, privacy = 'PUBLIC', deleted = false, isAdsOnly = false, sections } = json;
  const isPrivacy = privacy === 'PUBLIC' || privacy === 'PROTECTED' || privacy === 'SECRET';
  if (typeof user !== 'string' || typeof name !== 'string' || !isPrivacy) {
    return wrong('Give "user", an id, and "name"; and "privacy", "sections", "isAdsOnly" or "deleted".');
  }
  const known = state.boardsOf(user).find((board) => board.name === name);
  const names = Array.isArray(sections)
    ? sections.filter((section) => typeof section === 'string')
    : (known?.sections ?? []).map((section) => section.name);
  const board: Board = state.addBoard(user, { name, privacy, sections: names, isAdsOnly: isAdsOnly === true });
  if (deleted === true) state.boards.set(board.id, { ...board, deleted: true });
  return { status: 200, body: { id: board.id } };
}

/** Somebody pins on a board beside the app: somebody else, on a board of several people, or the person from elsewhere. */
export function pinBeside(state: State, { json }: SandboxRequest): SandboxAnswer {
  const {
    user,
    board,
    title = '',
    description = '',
    link = '',
    altText = '',
    isOwner = true,
    parent,
    at,
  } = json as JsonObject & Partial<Record<'title' | 'description' | 'link' | 'altText', string>>;
  if (typeof user !== 'string' || typeof board !== 'string') return wrong('Give "user" and "board", ids.');
  const id = newId();
  state.pins.set(id, {
    ...{ id, userId: user, boardId: board, title, description, link, altText, kind: 'image', files: [], items: [] },
    at: typeof at === 'string' ? at : state.world.now().toISOString(),
    isOwner: isOwner === true,
    ...(typeof parent === 'string' && { parent }),
  });
  return { status: 200, body: { id } };
}

function wrong(message: string): SandboxAnswer {
  return { status: 422, body: { message } };
}
