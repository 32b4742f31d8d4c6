import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, edge, graphAnswer, newId, noSuchObject, pageCaller } from '#platforms/meta/sandbox';
import { graphTime, keptText, parametersOf } from './access.js';
import { type Comment, type State } from './state.js';

const MAX_COMMENT = 8_000;
const LIST_SIZE = 25;

/** `POST /{object}/comments`: https://developers.facebook.com/documentation/pages-api/comments-mentions */
export function createComment(state: State, request: SandboxRequest): SandboxAnswer {
  const objectId = request.params.id ?? '';
  const pageId = ownerOf(state, objectId, 'post');
  pageCaller(state, request, pageId, 'pages_manage_engagement');
  const message = keptText(parametersOf(request).message);
  if (message === '') throw badParameter('Missing message or attachment');
  if (message.length > MAX_COMMENT) throw badParameter('Param message must be no longer than 8000 characters');
  const comment: Comment = {
    id: `${objectId.split('_').at(-1) ?? ''}_${newId()}`,
    objectId,
    pageId,
    message,
    createdAt: state.world.now().toISOString(),
  };
  state.comments.set(comment.id, comment);
  const accountName = state.pageName(pageId);
  state.world.show({
    platform: 'facebook',
    account: pageId,
    ...(accountName !== undefined && { accountName }),
    id: comment.id,
    text: message,
    media: [],
    at: comment.createdAt,
    permalink: `${state.world.baseUrl}/www/${comment.id}`,
    replyTo: objectId,
    details: { format: 'comment', parent: objectId },
  });
  return graphAnswer(200, { id: comment.id });
}

/** `GET /{object}/comments` */
export function listComments(state: State, request: SandboxRequest): SandboxAnswer {
  const objectId = request.params.id ?? '';
  const pageId = ownerOf(state, objectId, 'get');
  const { text } = pageCaller(state, request, pageId, 'pages_read_engagement');
  const name = state.pageName(pageId) ?? '';
  const nodes = state.comments.entries().flatMap(([id, comment]) => {
    if (comment.objectId !== objectId) return [];
    const { message, createdAt } = comment;
    return [{ id, message, created_time: graphTime(createdAt), from: { id: pageId, name } }];
  });
  const options = { type: 'Comment', pageSize: LIST_SIZE, defaultFields: 'created_time,from,message,id' };
  return graphAnswer(200, edge(nodes, request, text, options));
}

/** The Page of what a comment is below. */
function ownerOf(state: State, objectId: string, verb: 'get' | 'post'): string {
  const video = state.videos.get(objectId);
  const object = state.posts.get(objectId) ?? (video?.settled === 'published' ? video : undefined);
  if (!object) throw noSuchObject(verb, objectId);
  return object.pageId;
}
