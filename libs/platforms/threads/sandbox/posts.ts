import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  badParameter,
  caller,
  edge,
  escapeHtml,
  graphAnswer,
  GraphRefusal,
  htmlPage,
  missingParameter,
  noSuchObject,
  type Node,
  problemPage,
  project,
  userCaller,
} from '#platforms/meta/sandbox';
import { readContainer, statusOf } from './containers.js';
import { PLACES } from './places.js';
import {
  type Container,
  type Counted,
  type File,
  mediaNotFound,
  newThreadsId,
  type Post,
  QUOTAS,
  requirePermission,
  type State,
  usernameOf,
} from './state.js';

/** Small, so that nobody reads one page and takes it for all. */
const PAGE_SIZE = 3;
/** https://developers.facebook.com/documentation/threads/reference/user */
const EARLIEST_SINCE = 1_688_540_400;
const DEFAULT_FIELDS = 'id';

/**
 * `POST /{user}/threads_publish`: shows what a container holds, once.
 * https://developers.facebook.com/documentation/threads/reference/publishing
 */
export function publish(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = userCaller(state, request, request.params.id ?? '');
  requirePermission(grant, 'threads_basic', 'threads_content_publish');
  const id = request.form.creation_id ?? request.query.creation_id;
  if (id === undefined) throw missingParameter('creation_id');
  const container = state.containers.get(id);
  if (!container || container.userId !== grant.userId) throw mediaNotFound(id);
  if (container.isItem) throw badParameter(`The container ${id} is an item of a carousel`);
  const status = statusOf(state, container);
  if (status === 'EXPIRED') {
    throw new GraphRefusal({ code: -2, subcode: 2207020, message: 'The media you are trying to access has expired.' });
  }
  if (status === 'ERROR') throw badParameter(`The container ${id} could not be processed`);
  // One that is not ready is not found, and neither is one that was published.
  if (status !== 'FINISHED') throw mediaNotFound(id);
  const { replyTo } = container;
  if (replyTo !== undefined) requirePermission(grant, 'threads_manage_replies');
  const parent = replyTo === undefined ? undefined : state.posts.get(replyTo);
  if (replyTo !== undefined && !parent) throw mediaNotFound(replyTo);
  const counted: Counted = replyTo === undefined ? 'posts' : 'replies';
  if (state.used(grant.userId, counted) >= QUOTAS[counted]) {
    const words = `You reached the maximum number of ${counted} that is allowed to be published by the API.`;
    throw new GraphRefusal({
      code: 9,
      subcode: 2207042,
      message: 'Application request limit reached',
      user: { title: 'Limit', message: words },
    });
  }
  const post = postOf(state, container, parent);
  state.posts.set(post.id, post);
  state.containers.set(id, { ...container, publishedAs: post.id });
  state.count(grant.userId, counted);
  show(state, post);
  return graphAnswer(200, { id: post.id });
}

function postOf(state: State, container: Container, parent: Post | undefined): Post {
  const id = newThreadsId();
  const { userId, type, text, link, replyTo, replyControl, topic, locationId, poll, isSpoiler } = container;
  const files =
    type === 'CAROUSEL' ? container.children.flatMap((child) => fileOf(state, child)) : fileOf(state, container.id);
  return {
    id,
    userId,
    shortcode: `D${Buffer.from(id).toString('base64url').slice(-10)}`,
    type,
    text,
    files,
    at: state.world.now().toISOString(),
    root: parent?.root ?? id,
    ...(link !== undefined && { link }),
    ...(replyTo !== undefined && { replyTo }),
    ...(replyControl !== undefined && { replyControl }),
    ...(topic !== undefined && { topic }),
    ...(locationId !== undefined && { locationId }),
    ...(poll && { poll }),
    ...(isSpoiler && { isSpoiler }),
  };
}

function fileOf(state: State, id: string): File[] {
  const file = state.containers.get(id)?.file;
  return file ? [file] : [];
}

function show(state: State, post: Post): void {
  const accountName = state.grants.get(post.userId)?.name;
  const place = PLACES.find(({ id }) => String(id) === post.locationId)?.name;
  state.world.show({
    platform: 'threads',
    account: post.userId,
    ...(accountName !== undefined && { accountName }),
    id: post.id,
    text: post.text,
    media: post.files,
    at: post.at,
    permalink: permalinkOf(state, post),
    ...(post.link !== undefined && { link: post.link }),
    ...(post.replyTo !== undefined && { replyTo: post.replyTo }),
    details: {
      format: post.type === 'CAROUSEL' ? 'carousel' : 'post',
      ...(post.replyTo !== undefined && { parent: post.replyTo }),
      ...(post.replyControl !== undefined && { replyControl: post.replyControl }),
      ...(post.topic !== undefined && { topicTag: post.topic }),
      ...(place !== undefined && { location: place }),
      ...(post.poll && { poll: post.poll }),
      ...(post.isSpoiler && { spoiler: true }),
    },
  });
}

/** `GET /{user}/threads`: posts without replies. `GET /{user}/replies`: replies alone. Newest first. */
export function listPosts(state: State, request: SandboxRequest, which: 'threads' | 'replies'): SandboxAnswer {
  const { grant, text } = userCaller(state, request, request.params.id ?? '');
  requirePermission(grant, 'threads_basic', ...(which === 'replies' ? ['threads_read_replies'] : []));
  const { since, limit } = request.query;
  const from = Number(since ?? EARLIEST_SINCE);
  if (!Number.isInteger(from) || from < EARLIEST_SINCE)
    throw badParameter('Param since must be a Unix timestamp after 1688540400');
  if (Number(limit ?? 25) > 100) throw badParameter('Param limit must be at most 100');
  const posts = state.posts
    .entries()
    .map(([, post]) => post)
    .filter(({ userId, replyTo }) => userId === grant.userId && (replyTo !== undefined) === (which === 'replies'))
    .filter(({ at }) => Date.parse(at) >= from * 1000)
    .reverse();
  const options = { type: 'ThreadsMedia', pageSize: PAGE_SIZE, defaultFields: DEFAULT_FIELDS };
  return graphAnswer(
    200,
    edge(
      posts.map((post) => nodeOf(state, post)),
      request,
      text,
      options,
    ),
  );
}

/** `GET /{id}`: a container or a post. */
export function readObject(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = caller(state, request);
  requirePermission(grant, 'threads_basic');
  const { id = '' } = request.params;
  const container = state.containers.get(id);
  if (container && container.userId === grant.userId) return readContainer(state, container, request.query.fields);
  const post = state.posts.get(id);
  if (!post || post.userId !== grant.userId) throw mediaNotFound(id);
  return graphAnswer(200, project(nodeOf(state, post), request.query.fields ?? DEFAULT_FIELDS, 'ThreadsMedia'));
}

/** `DELETE /{id}`: https://developers.facebook.com/documentation/threads/posts/delete-posts */
export function deletePost(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = caller(state, request);
  requirePermission(grant, 'threads_basic', 'threads_delete');
  const { id = '' } = request.params;
  const post = state.posts.get(id);
  if (!post || post.userId !== grant.userId) throw noSuchObject('delete', id);
  if (state.used(grant.userId, 'deletions') >= QUOTAS.deletions) {
    throw new GraphRefusal({ code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' });
  }
  state.count(grant.userId, 'deletions');
  state.posts.delete(id);
  state.world.hide(post.userId, id);
  return graphAnswer(200, { success: true, deleted_id: id });
}

/** Where a permalink leads: `/@{username}/post/{shortcode}`. */
export function showPost(state: State, { params }: SandboxRequest): SandboxAnswer {
  const post = state.posts.entries().find(([, { shortcode }]) => shortcode === params.code)?.[1];
  if (!post) return problemPage('Threads', 'Sorry, this page isn’t available.', 404);
  const name = state.grants.get(post.userId)?.name ?? post.userId;
  return htmlPage('Threads', name, `<p>${escapeHtml(post.text)}</p>`);
}

function permalinkOf(state: State, { userId, shortcode }: Post): string {
  const username = usernameOf(state.grants.get(userId) ?? { name: userId });
  return `${state.world.baseUrl}/www/@${username}/post/${shortcode}`;
}

function nodeOf(state: State, post: Post): Node {
  const grant = state.grants.get(post.userId);
  const username = usernameOf(grant ?? { name: post.userId });
  const types: Record<Container['type'], string> = {
    TEXT: 'TEXT_POST',
    IMAGE: 'IMAGE',
    VIDEO: 'VIDEO',
    CAROUSEL: 'CAROUSEL_ALBUM',
  };
  const [first] = post.files;
  return {
    id: post.id,
    media_product_type: 'THREADS',
    media_type: types[post.type],
    media_url: null,
    permalink: permalinkOf(state, post),
    owner: { id: post.userId },
    username,
    text: post.text === '' ? null : post.text,
    timestamp: post.at.replace(/\.\d+Z$/, '+0000'),
    shortcode: post.shortcode,
    is_quote_post: false,
    is_reply: post.replyTo !== undefined,
    alt_text: post.type === 'CAROUSEL' ? null : (first?.altText ?? null),
    link_attachment_url: post.link ?? null,
    reply_audience: post.replyControl?.toUpperCase() ?? 'EVERYONE',
    topic_tag: post.topic ?? null,
    location_id: post.locationId ?? null,
    poll_attachment: pollOf(post),
    replied_to: post.replyTo === undefined ? null : { id: post.replyTo },
    root_post: post.replyTo === undefined ? null : { id: post.root },
  };
}

function pollOf({ poll }: Post): JsonObject | null {
  if (!poll) return null;
  return Object.fromEntries(poll.map((option, index) => [`option_${'abcd'.charAt(index)}`, option]));
}
