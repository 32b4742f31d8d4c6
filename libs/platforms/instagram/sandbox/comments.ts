import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, edge, graphAnswer, missingParameter, noSuchObject, project } from '#platforms/meta/sandbox';
import { actor } from './actors.js';
import { type Comment, graphTime, type Media, newMediaId, type State, type Surface } from './state.js';

const PAGE_SIZE = 50;

/** `POST /{post}/comments`: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments */
export function writeComment(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const media = commentable(state, request, 'post');
  const { account } = actor(state, surface, request, media.accountId, 'comments');
  const given: Readonly<Record<string, string>> = { ...request.query, ...request.form };
  const text = (given.message ?? '').replace(/\r\n?/g, '\n').trim();
  if (text === '') throw missingParameter('message');
  if (media.product === 'STORY') throw badParameter('Comments on stories are not supported');
  const id = newMediaId();
  const comment = { id, mediaId: media.id, accountId: account.id, username: account.username, text, at: state.now() };
  state.comments.set(id, comment);
  state.world.show({
    platform: 'instagram',
    account: account.id,
    accountName: account.username,
    id,
    text,
    media: [],
    at: new Date(comment.at).toISOString(),
    replyTo: media.id,
    details: { format: 'comment' },
  });
  return graphAnswer(200, { id });
}

/** `GET /{post}/comments`, newest first. */
export function listComments(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const media = commentable(state, request, 'get');
  const { token } = actor(state, surface, request, media.accountId, 'comments');
  const found = state.comments.entries().flatMap(([, comment]) => (comment.mediaId === media.id ? [comment] : []));
  const nodes = found.reverse().map(commentNode);
  const options = { type: 'IGComment', pageSize: PAGE_SIZE, defaultFields: 'id,text,timestamp' };
  return graphAnswer(200, edge(nodes, request, token, options));
}

/** `GET /{comment}`; undefined where it is no comment. */
export function readComment(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer | undefined {
  const comment = state.comments.get(request.params.id ?? '');
  if (!comment) return undefined;
  actor(state, surface, request, comment.accountId, 'comments');
  return graphAnswer(200, project(commentNode(comment), request.query.fields ?? 'id,text,timestamp', 'IGComment'));
}

function commentable(state: State, request: SandboxRequest, verb: 'get' | 'post'): Media {
  const id = request.params.id ?? '';
  const media = state.media.get(id);
  if (!media || media.ended) throw noSuchObject(verb, id);
  return media;
}

function commentNode({ id, text, at, username, accountId }: Comment) {
  return {
    id,
    text,
    timestamp: graphTime(at),
    username,
    from: { id: accountId, username },
    like_count: 0,
    hidden: false,
  };
}
