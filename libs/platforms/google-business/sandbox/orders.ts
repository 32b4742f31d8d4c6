import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { digits, googleIdOf } from '#platforms/google/sandbox';
import { type Place, type State } from './state.js';

const DONE: SandboxAnswer = { status: 204 };

/** How the next post, or the next change of one, is judged: `{verdict: "LIVE" | "REJECTED"}`. */
export function judge(state: State, { json: { verdict } }: SandboxRequest): SandboxAnswer {
  if (verdict !== 'LIVE' && verdict !== 'REJECTED') return wrong('Give "verdict": "LIVE" or "REJECTED".');
  state.switches.set('verdict', { value: verdict });
  return DONE;
}

/** No check comes to its end: `{on}`. */
export function hold(state: State, { json: { on } }: SandboxRequest): SandboxAnswer {
  if (typeof on !== 'boolean') return wrong('Give "on".');
  state.switches.set('hold', { value: on });
  return DONE;
}

/** How many calls a minute the project has: `{limit}`, 0 for one that was not approved. */
export function quota(state: State, { json: { limit } }: SandboxRequest): SandboxAnswer {
  if (typeof limit !== 'number' || limit < 0) return wrong('Give "limit".');
  state.switches.set('quota', { value: limit });
  return DONE;
}

/** The project has one of the APIs not enabled: `{service: "mybusiness.googleapis.com"}`. */
export function disable(state: State, { json: { service } }: SandboxRequest): SandboxAnswer {
  if (typeof service !== 'string') return wrong('Give "service".');
  state.switches.set('disabled', { value: service });
  return DONE;
}

/** A place of a person is changed, or closed: `{person, title, canPost?, verified?, gone?}`. */
export function changePlace(state: State, { json }: SandboxRequest): SandboxAnswer {
  const { title, canPost, verified, gone } = json;
  const place = placeIn(state, json);
  if (!place || typeof title !== 'string') return wrong('Give "person" and "title" of a place of theirs.');
  state.changed.set(place.id, {
    ...place,
    ...(typeof canPost === 'boolean' && { canPost }),
    ...(typeof verified === 'boolean' && { verified }),
    ...(typeof gone === 'boolean' && { gone }),
  });
  return DONE;
}

/** Somebody posts at Google itself: `{person, title, fields, at?}`; `fields` as in a request. */
export function postBeside(state: State, { json }: SandboxRequest): SandboxAnswer {
  const place = placeIn(state, json);
  const { fields, at } = json;
  if (!place || typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return wrong('Give "person", "title" of a place of theirs and "fields".');
  }
  const [account] = accountsIn(state, json);
  const createTime = typeof at === 'string' ? at : new Date(state.now()).toISOString();
  const name = `${account?.name ?? ''}/${place.id}/localPosts/${digits(`beside:${crypto.randomUUID()}`, 19)}`;
  state.posts.set(name, {
    ...{ name, place: place.id, fields, files: [], state: 'LIVE', verdict: 'LIVE', settlesAt: 0 },
    ...{ createTime, updateTime: createTime },
  });
  return { status: 200, body: { name } };
}

/** Somebody deletes a post at Google itself: `{name}`. */
export function forget(state: State, { json: { name } }: SandboxRequest): SandboxAnswer {
  const post = typeof name === 'string' ? state.posts.get(name) : undefined;
  if (!post) return wrong('Give "name" of a post.');
  state.posts.delete(post.name);
  state.world.hide(post.place, post.name);
  return DONE;
}

function accountsIn(state: State, { person }: JsonObject) {
  return typeof person === 'string' ? state.accountsOf(googleIdOf(person), person) : [];
}

function placeIn(state: State, json: JsonObject): Place | undefined {
  return accountsIn(state, json)
    .flatMap(({ places }) => places)
    .find(({ title }) => title === json.title);
}

function wrong(message: string): SandboxAnswer {
  return { status: 422, body: { message } };
}
