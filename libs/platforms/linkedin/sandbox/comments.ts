import { isJsonObject, type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { requireAuthor, requireReader } from './access.js';
import { refuseUnknown } from './assets.js';
import { paged } from './people.js';
import { nameOf, permalinkOf } from './posts.js';
import { badField, type Caller, notFound, RestRefusal, restAnswer } from './rest.js';
import { type Comment, type Post, type State } from './state.js';

const PAGE_SIZE = 3;
const MAX_TEXT = 1_250;

/**
 * `POST /rest/socialActions/{urn}/comments`. The text is plain: nothing in it is escaped.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
 */
export function createComment(state: State, caller: Caller, { json, params }: SandboxRequest): SandboxAnswer {
  const post = requireTarget(state, params.urn ?? '');
  refuseUnknown(json, ['actor', 'object', 'message'], '');
  const actor = requireAuthor(state, caller, json.actor, 'actor', 'socialActions/comments.CREATE');
  if (json.object !== post.urn && json.object !== activityOf(post)) {
    throw badField('object', 'FIELD_VALUE_INVALID', 'the object is not what is commented');
  }
  const text = textOf(json.message);
  const id = state.newId();
  const urn = `urn:li:comment:(${activityOf(post)},${id})`;
  const comment: Comment = { id, urn, post: post.urn, actor, text, at: state.now() };
  state.comments.set(urn, comment);
  const accountName = nameOf(state, actor);
  state.world.show({
    platform: 'linkedin',
    account: actor,
    ...(accountName !== undefined && { accountName }),
    id: urn,
    text,
    media: [],
    at: new Date(comment.at).toISOString(),
    replyTo: post.urn,
    permalink: `${permalinkOf(state, post.urn)}?commentUrn=${encodeURIComponent(urn)}`,
    details: { format: 'comment', parent: post.urn },
  });
  return restAnswer(201, nodeOf(comment), { 'x-restli-id': id });
}

function requireTarget(state: State, urn: string): Post {
  const post = state.posts.get(urn);
  if (post && post.deletedAt === undefined) return post;
  throw notFound(`Unable to obtain activity for urn: ${urn}`);
}

const activityOf = ({ urn }: Post): string => urn.replace(/^urn:li:\w+:/, 'urn:li:activity:');

function textOf(message: unknown): string {
  if (!isJsonObject(message) || typeof message.text !== 'string' || message.text === '') {
    throw badField('message/text', 'MISSING_FIELD', 'field is required but not found');
  }
  refuseUnknown(message, ['text', 'attributes'], 'message');
  if (message.text.length > MAX_TEXT) {
    throw badField(
      'message/text',
      'FIELD_LENGTH_TOO_LONG',
      `${message.text.length} characters, ${MAX_TEXT} are allowed`,
    );
  }
  return message.text;
}

/** `GET /rest/socialActions/{urn}/comments`: where the post is an organization's. */
export function listComments(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  const post = requireTarget(state, request.params.urn ?? '');
  requireReader(state, caller, post.author, 'socialActions/comments.GET_ALL');
  const comments = state.comments
    .entries()
    .map(([, comment]) => comment)
    .filter((comment) => comment.post === post.urn);
  return restAnswer(200, paged(request, comments.map(nodeOf), PAGE_SIZE));
}

function nodeOf({ id, urn, post, actor, text, at }: Comment): JsonObject {
  const stamp = { actor, time: at };
  return {
    id,
    commentUrn: urn,
    $URN: urn,
    actor,
    object: post,
    message: { text, attributes: [] },
    created: stamp,
    lastModified: stamp,
  };
}

/** `POST …/comments/{id}` with `X-RestLi-Method: PARTIAL_UPDATE` */
export function updateComment(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  const { headers, json } = request;
  if (headers['x-restli-method'] !== 'PARTIAL_UPDATE') {
    throw new RestRefusal({ status: 405, message: 'The method is not allowed on this resource' });
  }
  const comment = requireOwn(state, caller, request);
  const patch = isJsonObject(json.patch) ? json.patch : {};
  const message = isJsonObject(patch.message) ? patch.message : {};
  const text = textOf(message.$set);
  state.comments.set(comment.urn, { ...comment, text });
  const seen = state.world.visible(comment.actor).find(({ id }) => id === comment.urn);
  state.world.hide(comment.actor, comment.urn);
  if (seen) state.world.show({ ...seen, text });
  return restAnswer(204);
}

/** `DELETE …/comments/{id}?actor=…` */
export function deleteComment(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  const comment = requireOwn(state, caller, request);
  state.comments.delete(comment.urn);
  state.world.hide(comment.actor, comment.urn);
  return restAnswer(204);
}

function requireOwn(state: State, caller: Caller, { params, query }: SandboxRequest): Comment {
  const found = state.comments.entries().find(([, { id, post }]) => id === params.id && post === params.urn)?.[1];
  if (!found) throw notFound('Could not find entity');
  requireAuthor(state, caller, query.actor, 'actor', 'socialActions/comments');
  if (query.actor !== found.actor) throw badField('actor', 'FIELD_VALUE_INVALID', 'the comment is another’s');
  return found;
}
