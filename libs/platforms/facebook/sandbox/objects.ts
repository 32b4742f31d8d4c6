import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  badParameter,
  caller,
  escapeHtml,
  graphAnswer,
  htmlPage,
  missingParameter,
  noSuchObject,
  notAllowed,
  pageCaller,
  problemPage,
  project,
} from '#platforms/meta/sandbox';
import { graphTime, keptText, parameter, parametersOf } from './access.js';
import { postNode, showPost } from './posts.js';
import { PLACES, type State } from './state.js';
import { setCover, showVideo, videoNode } from './videos.js';

/** `GET /{post}` and `GET /{video}` */
export function readObject(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const { fields } = request.query;
  const post = state.posts.get(id);
  if (post) {
    pageCaller(state, request, post.pageId, 'pages_read_engagement');
    return graphAnswer(200, project(postNode(state, post), fields ?? 'created_time,message', 'PagePost'));
  }
  const video = state.videos.get(id);
  if (!video) throw noSuchObject('get', id);
  pageCaller(state, request, video.pageId, 'pages_read_engagement');
  return graphAnswer(200, project(videoNode(state, video), fields ?? 'description,updated_time', 'Video'));
}

/** `POST /{post}` and `POST /{video}`: https://developers.facebook.com/documentation/pages-api/posts#update-a-post */
export function updateObject(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const given = parametersOf(request);
  const post = state.posts.get(id);
  if (post) {
    pageCaller(state, request, post.pageId, 'pages_manage_posts');
    if (given.description !== undefined) throw badParameter('Tried accessing nonexisting field (description)');
    const changed = { ...post, message: keptText(parameter(request, 'message')) };
    state.posts.set(id, changed);
    state.world.hide(post.pageId, id);
    showPost(state, changed);
    return graphAnswer(200, { success: true });
  }
  const video = state.videos.get(id);
  if (video?.settled !== 'published') throw noSuchObject('post', id);
  pageCaller(state, request, video.pageId, 'pages_manage_posts');
  if (given.message !== undefined) throw badParameter('Tried accessing nonexisting field (message)');
  const changed = { ...video, description: keptText(parameter(request, 'description')) };
  state.videos.set(id, changed);
  state.world.hide(video.pageId, id);
  showVideo(state, changed, new Date((video.finishedAt ?? 0) + 1).toISOString());
  return graphAnswer(200, { success: true });
}

/** `DELETE /{id}` of a post, photo, video, story or comment. */
export function deleteObject(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const object =
    state.posts.get(id) ??
    state.photos.get(id) ??
    state.videos.get(id) ??
    state.stories.get(id) ??
    state.comments.get(id);
  if (!object) throw noSuchObject('delete', id);
  pageCaller(state, request, object.pageId, 'pages_manage_posts');
  const video = state.videos.get(id);
  if (video) {
    state.world.upload(id).discard();
    state.stories.delete(video.postId);
  }
  for (const kept of [state.posts, state.photos, state.videos, state.stories, state.comments]) kept.delete(id);
  state.world.hide(object.pageId, id);
  return graphAnswer(200, { success: true });
}

/** `POST /{video}/thumbnails` */
export function postThumbnail(state: State, request: SandboxRequest): SandboxAnswer {
  const video = state.videos.get(request.params.id ?? '');
  if (!video) throw noSuchObject('post', request.params.id ?? '');
  return setCover(state, request, video);
}

/** `GET /pages/search`, by a person's token: https://developers.facebook.com/documentation/pages-api/search-pages */
export function searchPages(state: State, request: SandboxRequest): SandboxAnswer {
  const { token } = caller(state, request);
  if (token.pageId !== undefined) {
    throw notAllowed('Requires a user access token, or the Page Public Metadata Access feature');
  }
  const { q } = request.query;
  if (!q) throw missingParameter('q');
  const found = PLACES.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
  const nodes = found.map(({ id, name, location }) => {
    return { id, name, location: location ?? null, link: `${state.world.baseUrl}/www/${id}` };
  });
  return graphAnswer(200, { data: nodes.map((node) => project(node, request.query.fields ?? 'name', 'Page')) });
}

/** What a permalink leads to. */
export function showObject(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const shown = state.world.visible().find((post) => post.id === id);
  if (!shown) return problemPage('Facebook', "This content isn't available right now.", 404);
  const name = shown.accountName ?? shown.account;
  const title = typeof shown.details?.title === 'string' ? `<h2>${escapeHtml(shown.details.title)}</h2>` : '';
  const link = shown.link === undefined ? '' : `<p>${escapeHtml(shown.link)}</p>`;
  const files = shown.media.length === 0 ? '' : `<p>${shown.media.length} file(s), ${graphTime(shown.at)}</p>`;
  return htmlPage('Facebook', name, `${title}<p>${escapeHtml(shown.text)}</p>${link}${files}`);
}
