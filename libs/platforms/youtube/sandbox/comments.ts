import { isJsonObject, type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { callerWithChannel, MAY_CHANGE } from './access.js';
import { badRequest, forbidden, ok, pageOf, partsOf, problem, requireQuery, stamp, videoNotFound } from './answers.js';
import { requireFields } from './metadata.js';
import { type Comment, newId, type State, type Video } from './state.js';

const CHANGE = { bucket: 'units', amount: 50 } as const;
const of = { domain: 'youtube.commentThread' };
/** No page says how long a comment may be; YouTube's own form takes this much. */
const LONGEST = 10_000;

/** `POST /commentThreads`: https://developers.google.com/youtube/v3/docs/commentThreads/insert */
export function insertThread(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, CHANGE);
  requireQuery(request, { required: ['part'] });
  partsOf(request, ['id', 'snippet']);
  const { json } = request;
  requireFields(json, ['snippet']);
  const snippet = isJsonObject(json.snippet) ? json.snippet : {};
  requireFields(snippet, ['channelId', 'videoId', 'topLevelComment']);
  const { videoId, topLevelComment: top } = snippet;
  if (typeof videoId !== 'string') {
    throw problem(400, 'channelOrVideoIdMissing', 'channelId and videoId are missing.', of);
  }
  const video = visibleVideo(state, videoId, channel.id);
  const inner = isJsonObject(top) && isJsonObject(top.snippet) ? top.snippet : undefined;
  if (!inner) throw problem(400, 'invalidCommentThreadMetadata', 'The request metadata is invalid.', of);
  requireFields(inner, ['textOriginal']);
  const { textOriginal: text } = inner;
  if (typeof text !== 'string' || text.trim() === '') {
    throw problem(400, 'commentTextRequired', 'The comment resource must specify a value for textOriginal.', of);
  }
  if (text.length > LONGEST) throw problem(400, 'commentTextTooLong', 'The comment text is too long.', of);
  return ok(threadNode(state, addComment(state, video, { author: channel.id, text })));
}

/** A comment is there, and seen. */
export function addComment(state: State, video: Video, { author, text }: Pick<Comment, 'author' | 'text'>): Comment {
  const id = `Ug${newId(24)}`;
  const comment = { id, videoId: video.id, channelId: video.channelId, author, text, at: state.now() };
  state.comments.set(id, comment);
  const accountName = state.channelById(author)?.name;
  state.world.show({
    ...{ platform: 'youtube', account: author, id, text, media: [], replyTo: video.id },
    ...(accountName !== undefined && { accountName }),
    at: state.world.now().toISOString(),
    permalink: `${state.world.baseUrl}/www/watch?v=${video.id}&lc=${id}`,
    details: { format: 'comment' },
  });
  return comment;
}

/** A video that the caller sees, and that has comments: those made for kids and private ones have none. */
function visibleVideo(state: State, id: string, channelId: string): Video {
  const video = state.videos.get(id);
  if (!video || (video.channelId !== channelId && video.status.privacyStatus === 'private')) throw videoNotFound();
  if (video.status.selfDeclaredMadeForKids || video.status.privacyStatus === 'private') {
    const message = 'The video identified by the videoId parameter has disabled comments.';
    throw problem(403, 'commentsDisabled', message, of);
  }
  return video;
}

/** `GET /commentThreads?videoId=`: https://developers.google.com/youtube/v3/docs/commentThreads/list */
export function listThreads(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, { bucket: 'units', amount: 1 });
  requireQuery(request, {
    required: ['part', 'videoId'],
    optional: ['order', 'maxResults', 'pageToken', 'textFormat', 'searchTerms'],
  });
  partsOf(request, ['id', 'snippet', 'replies']);
  const { videoId = '', order = 'time', textFormat = 'html' } = request.query;
  if (order !== 'time' && order !== 'relevance') throw badRequest('order is not known.');
  if (textFormat !== 'html' && textFormat !== 'plainText') throw badRequest('textFormat is not known.');
  const video = visibleVideo(state, videoId, channel.id);
  const all = state.comments.entries().map(([, comment]) => comment);
  // By relevance, what is new may be anywhere.
  const found = all.filter((comment) => comment.videoId === video.id);
  const sorted = order === 'time' ? found.toReversed() : found;
  const node = (comment: Comment): JsonObject => threadNode(state, comment);
  return ok(pageOf(request, sorted, node, { kind: 'youtube#commentThreadListResponse', most: 100 }));
}

/** `DELETE /comments?id=`: https://developers.google.com/youtube/v3/docs/comments/delete */
export function deleteComment(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, CHANGE);
  requireQuery(request, { required: ['id'] });
  const comment = state.comments.get(request.query.id ?? '');
  if (!comment) throw problem(404, 'commentNotFound', 'The specified comment could not be found.', of);
  if (comment.author !== channel.id && comment.channelId !== channel.id) throw forbidden();
  state.comments.delete(comment.id);
  state.world.hide(comment.author, comment.id);
  return { status: 204 };
}

function threadNode(state: State, { id, videoId, channelId, author, text, at }: Comment): JsonObject {
  const snippet = {
    ...{ channelId, videoId, textDisplay: text, textOriginal: text, canRate: true, viewerRating: 'none', likeCount: 0 },
    authorDisplayName: state.channelById(author)?.name ?? 'Somebody',
    authorChannelId: { value: author },
    publishedAt: stamp(at),
    updatedAt: stamp(at),
  };
  return {
    ...{ kind: 'youtube#commentThread', id },
    snippet: {
      ...{ channelId, videoId, canReply: true, totalReplyCount: 0, isPublic: true },
      topLevelComment: { kind: 'youtube#comment', id, snippet },
    },
  };
}
