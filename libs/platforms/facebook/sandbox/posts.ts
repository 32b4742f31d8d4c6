import { isJsonObject, type JsonObject, parseJson, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, graphAnswer, GraphRefusal, noSuchObject, notAllowed } from './answers.js';
import { edge, type Node, project } from './nodes.js';
import { newId, type Photo, type Post, type State } from './state.js';
import { type Caller, pageCaller } from './tokens.js';

const MAX_PHOTO_BYTES = 4_000_000;
const MAX_MESSAGE = 63_206;
const LIST_SIZE = 10;

/** `POST /{page}/photos` with `published=false`: https://developers.facebook.com/docs/graph-api/reference/page/photos/ */
export function uploadPhoto(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  requireCreator(state, pageCaller(state, request, pageId, 'pages_manage_posts'));
  if (request.form.published !== 'false') {
    throw badParameter('The practice network takes photos for a post only: published must be false');
  }
  const file = request.files.find(({ field }) => field === 'source');
  if (!file) throw new GraphRefusal({ code: 324, message: '(#324) Requires upload file' });
  const contentType = imageTypeOf(file.bytes);
  if (contentType === undefined || file.bytes.length > MAX_PHOTO_BYTES) {
    throw new GraphRefusal({
      code: 1,
      subcode: 1366046,
      message: 'Invalid parameter',
      user: {
        title: "Can't Read Files",
        message: "Your photos couldn't be uploaded. Photos should be less than 4 MB and saved as JPG or PNG files.",
      },
    });
  }
  const altText = request.form.alt_text_custom;
  const photo: Photo = {
    id: newId(),
    pageId,
    contentType,
    bytes: file.bytes.length,
    digest: state.world.keep(file.bytes, contentType),
    ...(altText !== undefined && { altText }),
  };
  state.photos.set(photo.id, photo);
  return graphAnswer(200, { id: photo.id }, pageId);
}

/** `POST /{page}/feed`: https://developers.facebook.com/docs/graph-api/reference/page/feed/ */
export function createPost(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  const found = pageCaller(state, request, pageId, 'pages_manage_posts');
  requireCreator(state, found);
  if (!found.grant.scopes.includes('pages_read_engagement')) {
    throw notAllowed('If posting to a page, requires both pages_read_engagement and pages_manage_posts permission');
  }
  const fields = readFields(request);
  const photos = fields.photoIds.map((id) => usablePhoto(state, pageId, id));
  const post: Post = {
    id: `${pageId}_${newId()}`,
    pageId,
    message: fields.message,
    photos: fields.photoIds,
    createdAt: state.world.now().toISOString(),
    ...(fields.link !== undefined && { link: fields.link }),
  };
  state.posts.set(post.id, post);
  for (const photo of photos) state.photos.set(photo.id, { ...photo, postId: post.id });
  show(state, post, photos);
  return graphAnswer(200, { id: post.id }, pageId);
}

function readFields(request: SandboxRequest): { message: string; link?: string; photoIds: string[] } {
  const given: Readonly<Record<string, string>> = { ...request.query, ...request.form };
  // Facebook keeps neither blanks around a text nor carriage returns.
  const message = (given.message ?? '').replace(/\r\n?/g, '\n').trim();
  const { link, published } = given;
  const photoIds = readAttachedMedia(given);
  if (published !== undefined && published !== 'true')
    throw badParameter('The practice network publishes at once only');
  if (message.length > MAX_MESSAGE) throw badParameter('Param message must be no longer than 63206 characters');
  if (link !== undefined && !/^https?:\/\/[^\s/]+/i.test(link))
    throw badParameter('link URL is not properly formatted');
  if (link !== undefined && photoIds.length > 0) throw badParameter('Param link cannot go with attached_media');
  if (message === '' && link === undefined && photoIds.length === 0) {
    throw new GraphRefusal({ code: 197, message: '(#197) The post is empty. Please enter a message to share.' });
  }
  return { message, photoIds, ...(link !== undefined && { link }) };
}

/** As one JSON list, or as `attached_media[0]`, `attached_media[1]`, …: both are in use. */
function readAttachedMedia(given: Readonly<Record<string, string>>): string[] {
  const single = Object.entries(given).flatMap(([name, value]) =>
    /^attached_media\[\d+\]$/.test(name) ? [parseJson(value)] : [],
  );
  const list = given.attached_media === undefined ? single : parseJson(given.attached_media);
  if (!Array.isArray(list)) throw badParameter('Param attached_media must be an array.');
  const ids = (list as unknown[]).map((item) => (isJsonObject(item) ? item.media_fbid : undefined));
  if (!ids.every((id) => typeof id === 'string')) throw badParameter('Param attached_media[0] must have a media_fbid.');
  if (new Set(ids).size !== ids.length) throw badParameter('Param attached_media names a photo twice.');
  return ids;
}

function usablePhoto(state: State, pageId: string, id: string): Photo {
  const photo = state.photos.get(id);
  if (!photo || photo.pageId !== pageId) throw badParameter(`Invalid photo id ${id} in attached_media`);
  if (photo.postId === undefined) return photo;
  throw new GraphRefusal({
    code: 100,
    subcode: 1366051,
    message: 'Invalid parameter',
    user: { title: 'Already Posted', message: 'These photos were already posted.' },
  });
}

function show(state: State, post: Post, photos: readonly Photo[]): void {
  const accountName = state.pageName(post.pageId);
  state.world.show({
    platform: 'facebook',
    account: post.pageId,
    ...(accountName !== undefined && { accountName }),
    id: post.id,
    text: post.message,
    media: photos.map(({ contentType, bytes, digest, altText }) => ({
      contentType,
      bytes,
      digest,
      ...(altText !== undefined && { altText }),
    })),
    at: post.createdAt,
    permalink: permalinkOf(state, post),
    ...(post.link !== undefined && { link: post.link }),
  });
}

/** `GET /{page}/published_posts`, newest first. */
export function publishedPosts(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  const { text } = pageCaller(state, request, pageId, 'pages_read_engagement');
  if (Number(request.query.limit ?? 0) > 100) throw badParameter('Param limit must be at most 100');
  const since = Number(request.query.since ?? 0) * 1000;
  const posts = state.posts.entries().flatMap(([, post]) => (post.pageId === pageId ? [post] : []));
  const nodes = posts.filter((post) => Date.parse(post.createdAt) >= since).reverse();
  const options = { type: 'PagePost', pageSize: LIST_SIZE, defaultFields: 'created_time,message,id' };
  return graphAnswer(
    200,
    edge(
      nodes.map((post) => postNode(state, post)),
      request,
      text,
      options,
    ),
    pageId,
  );
}

/** `GET /{post}` */
export function readPost(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const post = state.posts.get(id);
  if (!post) throw noSuchObject('get', id);
  pageCaller(state, request, post.pageId, 'pages_read_engagement');
  return graphAnswer(200, project(postNode(state, post), request.query.fields ?? 'created_time,message', 'PagePost'));
}

/** `DELETE /{post}` and `DELETE /{photo}` */
export function deleteObject(state: State, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const object = state.posts.get(id) ?? state.photos.get(id);
  if (!object) throw noSuchObject('delete', id);
  pageCaller(state, request, object.pageId, 'pages_manage_posts');
  if (state.posts.delete(id)) state.world.hide(object.pageId, id);
  else state.photos.delete(id);
  return graphAnswer(200, { success: true }, object.pageId);
}

function requireCreator(state: State, { token }: Caller): void {
  const page = state.pagesOf(token.userId).find(({ id }) => id === token.pageId);
  if (!page?.tasks.includes('CREATE_CONTENT'))
    throw notAllowed('The user must be able to perform the CREATE_CONTENT task');
}

function permalinkOf(state: State, post: Post): string {
  return `${state.world.baseUrl}/www/${post.id}`;
}

function postNode(state: State, post: Post): Node {
  return {
    id: post.id,
    message: post.message === '' ? null : post.message,
    created_time: post.createdAt.replace(/\.\d+Z$/, '+0000'),
    permalink_url: permalinkOf(state, post),
    attachments: attachmentsOf(state, post),
  };
}

function attachmentsOf(state: State, post: Post): JsonObject | null {
  const photos = post.photos.map((id) => attachment('photo', `${state.world.baseUrl}/www/${id}`, id));
  if (photos.length > 1) {
    const album = attachment('album', permalinkOf(state, post), post.id.split('_')[1] ?? '');
    return { data: [{ ...album, subattachments: { data: photos } }] };
  }
  // Without a link of its own, a post gets the card of the first address in its text.
  const link = post.link ?? /https?:\/\/[^\s<>"]+/i.exec(post.message)?.[0];
  const single = photos[0] ?? (link === undefined ? undefined : attachment('share', link));
  return single ? { data: [single] } : null;
}

function attachment(type: string, url: string, id?: string): JsonObject {
  const target = { url, ...(id !== undefined && { id }) };
  return { type, url, target, unshimmed_url: url, subattachments: null };
}

function imageTypeOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start === '89504e47') return 'image/png';
  return start.startsWith('ffd8ff') ? 'image/jpeg' : undefined;
}
