import { isJsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { escapeHtml, htmlPage, problemPage, userIdOf } from '#platforms/meta/sandbox';
import { type State } from './state.js';

const NAME = 'Instagram';

/** What a permalink leads to. */
export function showMedia(state: State, { params }: SandboxRequest): SandboxAnswer {
  const { code, id } = params;
  const media = state.media
    .entries()
    .map(([, candidate]) => candidate)
    .find((candidate) => candidate.shortcode === code || candidate.id === id);
  if (!media || media.ended) return problemPage(NAME, "Sorry, this page isn't available.", 404);
  const comments = state.comments.entries().flatMap(([, { mediaId, text }]) => (mediaId === media.id ? [text] : []));
  const below = comments.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
  return htmlPage(
    NAME,
    media.username,
    `<p>${escapeHtml(media.caption)}</p>${below === '' ? '' : `<ul>${below}</ul>`}`,
  );
}

/** An account's own page. */
export function showProfile(state: State, { params }: SandboxRequest): SandboxAnswer {
  const { username = '' } = params;
  const posts = state.media.entries().filter(([, media]) => media.username === username && !media.ended);
  return htmlPage(NAME, username, `<p>${posts.length} posts</p>`);
}

/** For the practice alone: what goes wrong with an account, `{account, published?, made?, restricted?, suspected?, slow?, fatal?}`. */
export function troubleForPractice(state: State, { json }: SandboxRequest): SandboxAnswer {
  const { account, published, made, restricted, suspected, slow, fatal } = json;
  if (typeof account !== 'string') return { status: 422, body: { message: 'Give "account", an id.' } };
  state.troubles.set(account, {
    ...state.trouble(account),
    ...(typeof published === 'number' && { published }),
    ...(typeof made === 'number' && { made }),
    ...(typeof restricted === 'boolean' && { restricted }),
    ...(typeof suspected === 'boolean' && { suspected }),
    ...(typeof slow === 'boolean' && { slow }),
    ...(typeof fatal === 'boolean' && { fatal }),
  });
  return { status: 204 };
}

/** For the practice alone: a person whose account is a personal one, `{person}`. */
export function personalForPractice(state: State, { json }: SandboxRequest): SandboxAnswer {
  if (!isJsonObject(json) || typeof json.person !== 'string')
    return { status: 422, body: { message: 'Give "person".' } };
  state.personal.set(userIdOf(json.person), true);
  return { status: 204 };
}
