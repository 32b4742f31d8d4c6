import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { handleOf, type State } from './state.js';

/** Where a permalink leads. */
export function showVideo(state: State, { params, query }: SandboxRequest): SandboxAnswer {
  const video = state.videos.get(params.id ?? query.v ?? '');
  if (!video || !video.shown) return problemPage('YouTube', "This video isn't available any more.", 404);
  const { snippet, status } = video;
  const whom = status.privacyStatus === 'private' ? '<p>This video is private: only its owner sees it.</p>' : '';
  return htmlPage('YouTube', snippet.title, `${whom}<p>${escapeHtml(snippet.description)}</p>`);
}

/** A channel's page, by its id or by its name. */
export function showChannel(state: State, { params }: SandboxRequest): SandboxAnswer {
  const wanted = params.id ?? '';
  const channel = state.channels
    .entries()
    .map(([, one]) => one)
    .find(({ id, name }) => id === wanted || `@${handleOf(name)}` === wanted);
  if (!channel) return problemPage('YouTube', "This channel doesn't exist.", 404);
  const titles = state
    .videosOf(channel.id)
    .filter(({ status }) => status.privacyStatus === 'public')
    .map(({ snippet }) => `<li>${escapeHtml(snippet.title)}</li>`);
  return htmlPage('YouTube', channel.name, `<ul>${titles.join('')}</ul>`);
}
