import {
  escapeHtml,
  htmlPage,
  isJsonObject,
  type JsonObject,
  problemPage,
  type SandboxAnswer,
  type SandboxRequest,
} from '#platforms/core';
import { requireAuthor, requireReader } from './access.js';
import { refuseUnknown } from './assets.js';
import { readLittleText } from './little-text.js';
import { paged } from './people.js';
import { checkCommentary, readBody, type Shown } from './post-body.js';
import { badField, type Caller, notFound, RestRefusal, restAnswer } from './rest.js';
import { organizationOf, type Post, type State } from './state.js';

/** Small, so that nobody reads one page and takes it for all. */
const PAGE_SIZE = 3;
/** LinkedIn says nowhere for how long; people report anything from minutes to a day. */
const DUPLICATE_MS = 3_600_000;

/** `POST /rest/posts`: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
export function createPost(state: State, caller: Caller, { json }: SandboxRequest): SandboxAnswer {
  const author = requireAuthor(state, caller, json.author, 'author', 'posts.CREATE');
  const shown = readBody(state, json, author);
  refuseDuplicate(state, json, author);
  const isVideo = shown.media.some(({ asset }) => asset.kind === 'video');
  const at = state.now();
  const post: Post = {
    urn: `urn:li:${isVideo ? 'ugcPost' : 'share'}:${state.newId()}`,
    author,
    body: json,
    text: readLittleText(checkCommentary(json.commentary)),
    createdAt: at,
    changedAt: at,
    edited: false,
  };
  state.posts.set(post.urn, post);
  show(state, post, shown);
  return restAnswer(201, undefined, { 'x-restli-id': post.urn });
}

/** Of the same author, with the same text and content, and still there. */
function refuseDuplicate(state: State, body: JsonObject, author: string): void {
  const key = keyOf(body);
  const same = state.posts
    .entries()
    .map(([, post]) => post)
    .find(
      (post) =>
        post.author === author &&
        post.deletedAt === undefined &&
        state.now() - post.createdAt < DUPLICATE_MS &&
        keyOf(post.body) === key,
    );
  if (!same) return;
  throw new RestRefusal({
    status: 422,
    message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${same.urn}`,
    inputErrors: [{ code: 'DUPLICATE_POST', description: 'Duplicate post is detected', fieldPath: '' }],
  });
}

const keyOf = ({ commentary, content }: JsonObject): string => JSON.stringify([commentary, content ?? null]);

function show(state: State, post: Post, { media, link, details }: Shown): void {
  const accountName = nameOf(state, post.author);
  state.world.show({
    platform: 'linkedin',
    account: post.author,
    ...(accountName !== undefined && { accountName }),
    id: post.urn,
    text: post.text,
    ...(link !== undefined && { link }),
    media: media.map(({ asset, altText }) => ({
      contentType: asset.contentType ?? '',
      bytes: asset.bytes ?? 0,
      digest: asset.digest ?? '',
      ...(altText !== undefined && { altText }),
    })),
    at: new Date(post.createdAt).toISOString(),
    permalink: permalinkOf(state, post.urn),
    details,
  });
}

/** What people call an author. */
export function nameOf(state: State, author: string): string | undefined {
  const organization = /^urn:li:organization:(\d+)$/.exec(author)?.[1];
  return organization === undefined
    ? state.people.get(author.replace('urn:li:person:', ''))?.name
    : organizationOf(organization)?.name;
}

/** Where a post is shown. */
export const permalinkOf = ({ world }: State, urn: string): string => `${world.baseUrl}/www/feed/update/${urn}`;

/** A post that is there. @throws RestRefusal */
export function requirePost(state: State, urn: string): Post {
  const post = state.posts.get(urn);
  if (!post || post.deletedAt !== undefined) throw notFound('Could not find entity');
  return post;
}

/** `GET /rest/posts/{urn}` */
export function readPost(state: State, caller: Caller, { params }: SandboxRequest): SandboxAnswer {
  const post = requirePost(state, params.urn ?? '');
  requireReader(state, caller, post.author, 'posts.GET');
  return restAnswer(200, nodeOf(post));
}

/** `GET /rest/posts?q=author`: an organization's posts, the last changed first. */
export function listPosts(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  const { q, author = '', sortBy = 'LAST_MODIFIED' } = request.query;
  if (q !== 'author') throw badField('q', 'PARAM_INVALID', 'there is no such finder');
  if (!['LAST_MODIFIED', 'CREATED'].includes(sortBy))
    throw badField('sortBy', 'PARAM_INVALID', 'there is no such order');
  requireReader(state, caller, author, 'posts.FINDER-author');
  const at = ({ createdAt, changedAt }: Post) => (sortBy === 'CREATED' ? createdAt : changedAt);
  const posts = state.posts
    .entries()
    .map(([, post]) => post)
    .filter((post) => post.author === author && post.deletedAt === undefined)
    .reverse()
    .sort((one, other) => at(other) - at(one));
  return restAnswer(200, paged(request, posts.map(nodeOf), PAGE_SIZE));
}

function nodeOf({ urn, body, createdAt, changedAt, edited }: Post): JsonObject {
  return {
    id: urn,
    ...body,
    createdAt,
    publishedAt: createdAt,
    lastModifiedAt: changedAt,
    lifecycleStateInfo: { isEditedByAuthor: edited },
  };
}

/** `POST /rest/posts/{urn}` with `X-RestLi-Method: PARTIAL_UPDATE`: the text alone can be changed here. */
export function updatePost(state: State, caller: Caller, { params, headers, json }: SandboxRequest): SandboxAnswer {
  if (headers['x-restli-method'] !== 'PARTIAL_UPDATE') {
    throw new RestRefusal({ status: 405, message: 'The method is not allowed on this resource' });
  }
  const post = requirePost(state, params.urn ?? '');
  requireAuthor(state, caller, post.author, 'author', 'posts.PARTIAL_UPDATE');
  refuseUnknown(json, ['patch'], '');
  const patch = isJsonObject(json.patch) ? json.patch : {};
  refuseUnknown(patch, ['$set'], 'patch');
  const set = isJsonObject(patch.$set) ? patch.$set : {};
  refuseUnknown(set, ['commentary'], 'patch/$set');
  const commentary = checkCommentary(set.commentary);
  const text = readLittleText(commentary);
  state.posts.set(post.urn, {
    ...post,
    body: { ...post.body, commentary },
    text,
    changedAt: state.now(),
    edited: true,
  });
  const seen = state.world.visible(post.author).find(({ id }) => id === post.urn);
  state.world.hide(post.author, post.urn);
  if (seen) state.world.show({ ...seen, text });
  return restAnswer(204);
}

/** `DELETE /rest/posts/{urn}`: one that was deleted before is deleted as well. */
export function deletePost(state: State, caller: Caller, { params }: SandboxRequest): SandboxAnswer {
  const post = state.posts.get(params.urn ?? '');
  if (!post) throw notFound('Could not find entity');
  requireAuthor(state, caller, post.author, 'author', 'posts.DELETE');
  state.posts.set(post.urn, { ...post, deletedAt: post.deletedAt ?? state.now() });
  state.world.hide(post.author, post.urn);
  return restAnswer(204);
}

/** Where a permalink leads. */
export function showPost(state: State, { params }: SandboxRequest): SandboxAnswer {
  const post = state.posts.get(params.urn ?? '');
  if (!post || post.deletedAt !== undefined) return problemPage('LinkedIn', 'This post cannot be displayed.', 404);
  return htmlPage('LinkedIn', nameOf(state, post.author) ?? 'Somebody', `<p>${escapeHtml(post.text)}</p>`);
}

/** Where the address of an organization leads. */
export function showOrganization({ params }: SandboxRequest): SandboxAnswer {
  return htmlPage('LinkedIn', params.name ?? '', '<p>A page of the practice network.</p>');
}
