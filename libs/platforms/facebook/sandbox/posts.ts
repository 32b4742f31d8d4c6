import { isJsonObject, type JsonObject, parseJson, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, edge, graphAnswer, GraphRefusal, newId, type Node, pageCaller } from '#platforms/meta/sandbox';
import { creator, graphTime, keptText, parametersOf, placeName, placeOf } from './access.js';
import { shownPhoto, unusedPhoto } from './photos.js';
import { type Post, type State, type Video } from './state.js';

const MAX_MESSAGE = 63_206;
const LIST_SIZE = 10;

/** `POST /{page}/feed`: https://developers.facebook.com/docs/graph-api/reference/page/feed/ */
export function createPost(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  creator(state, request, pageId);
  const { photoIds, ...fields } = readFields(request);
  const photos = photoIds.map((id) => unusedPhoto(state, pageId, id));
  const createdAt = state.world.now().toISOString();
  const post: Post = { id: `${pageId}_${newId()}`, pageId, photos: photoIds, createdAt, ...fields };
  state.posts.set(post.id, post);
  for (const photo of photos) state.photos.set(photo.id, { ...photo, usedBy: post.id });
  showPost(state, post);
  return graphAnswer(200, { id: post.id });
}

function readFields(request: SandboxRequest): Pick<Post, 'message' | 'link' | 'place'> & { photoIds: string[] } {
  const given = parametersOf(request);
  const message = keptText(given.message);
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
  return { message, photoIds, ...(link !== undefined && { link }), ...placeOf(given) };
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

/** Shows a post in the feed. */
export function showPost(state: State, post: Post): void {
  const accountName = state.pageName(post.pageId);
  const location = placeName(post.place);
  state.world.show({
    platform: 'facebook',
    account: post.pageId,
    ...(accountName !== undefined && { accountName }),
    id: post.id,
    text: post.message,
    media: post.photos.flatMap((id) => {
      const photo = state.photos.get(id);
      return photo ? [shownPhoto(photo)] : [];
    }),
    at: post.createdAt,
    permalink: permalinkOf(state, post),
    ...(post.link !== undefined && { link: post.link }),
    details: { format: 'post', ...(location !== undefined && { location }) },
  });
}

/** `GET /{page}/published_posts`, newest first: posts, and the posts of videos and reels. */
export function publishedPosts(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  const { text } = pageCaller(state, request, pageId, 'pages_read_engagement');
  if (Number(request.query.limit ?? 0) > 100) throw badParameter('Param limit must be at most 100');
  const since = Number(request.query.since ?? 0) * 1000;
  const posts = state.posts
    .entries()
    .flatMap(([, post]) =>
      post.pageId === pageId ? [{ at: Date.parse(post.createdAt), node: postNode(state, post) }] : [],
    );
  const videos = state.videos
    .entries()
    .flatMap(([, video]) =>
      video.pageId === pageId && isInFeed(video)
        ? [{ at: video.finishedAt ?? 0, node: videoPostNode(state, video) }]
        : [],
    );
  const nodes = [...posts, ...videos]
    .filter(({ at }) => at >= since)
    .sort((a, b) => b.at - a.at)
    .map(({ node }) => node);
  const options = { type: 'PagePost', pageSize: LIST_SIZE, defaultFields: 'created_time,message,id' };
  return graphAnswer(200, edge(nodes, request, text, options));
}

const isInFeed = ({ settled, edge: via }: Video): boolean => settled === 'published' && via !== 'video_stories';

function permalinkOf(state: State, post: Post): string {
  return `${state.world.baseUrl}/www/${post.id}`;
}

/** A post with every field that is known here. */
export function postNode(state: State, post: Post): Node {
  return {
    id: post.id,
    message: post.message === '' ? null : post.message,
    created_time: graphTime(post.createdAt),
    permalink_url: permalinkOf(state, post),
    attachments: attachmentsOf(state, post),
    place: post.place === undefined ? null : { id: post.place, name: placeName(post.place) ?? '' },
  };
}

function videoPostNode(state: State, video: Video): Node {
  const url = `${state.world.baseUrl}/www/${video.pageId}/videos/${video.id}/`;
  return {
    id: video.postId,
    message: video.description === '' ? null : video.description,
    created_time: graphTime(video.finishedAt ?? 0),
    permalink_url: url,
    attachments: { data: [attachment('video_inline', url, video.id)] },
    place: null,
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
