import { isJsonObject, type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { callerWithChannel, MAY_CHANGE, MAY_READ } from './access.js';
import { badRequest, ok, pageOf, partsOf, problem, requireQuery, stamp } from './answers.js';
import { requireFields } from './metadata.js';
import { newId, type Playlist, type State } from './state.js';

const LOOK = { bucket: 'units', amount: 1 } as const;
const of = { domain: 'youtube.playlistItem' };

/** `GET /playlists?mine=true`: https://developers.google.com/youtube/v3/docs/playlists/list */
export function listPlaylists(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_READ, LOOK);
  requireQuery(request, { required: ['part', 'mine'], optional: ['maxResults', 'pageToken'] });
  const parts = partsOf(request, ['id', 'snippet', 'status', 'contentDetails']);
  if (request.query.mine !== 'true') throw badRequest('mine has to be true.');
  const node = ({ id, title, privacyStatus, items }: Playlist): JsonObject => ({
    ...{ kind: 'youtube#playlist', id },
    ...(parts.includes('snippet') && { snippet: { title, channelId: channel.id, description: '' } }),
    ...(parts.includes('status') && { status: { privacyStatus } }),
    ...(parts.includes('contentDetails') && { contentDetails: { itemCount: items.length } }),
  });
  const all = state.playlistsOf(channel.id);
  return ok(pageOf(request, all, node, { kind: 'youtube#playlistListResponse' }));
}

/** `GET /playlistItems`: https://developers.google.com/youtube/v3/docs/playlistItems/list */
export function listItems(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_READ, LOOK);
  requireQuery(request, { required: ['part', 'playlistId'], optional: ['videoId', 'maxResults', 'pageToken'] });
  const parts = partsOf(request, ['id', 'snippet', 'status', 'contentDetails']);
  const { playlistId = '', videoId } = request.query;
  const items = itemsOf(state, channel, playlistId).filter((item) => videoId === undefined || item.videoId === videoId);
  const node = (item: Playlist['items'][number]): JsonObject => itemNode(state, playlistId, item, parts);
  return ok(pageOf(request, items, node, { kind: 'youtube#playlistItemListResponse', cap: 50 }));
}

/** Of the channel's uploads, newest first, those that are private too, as their owner asks. */
function itemsOf(state: State, channel: { id: string; uploads: string }, playlistId: string): Playlist['items'] {
  if (playlistId === channel.uploads) {
    return state.videosOf(channel.id).map(({ id, at }) => ({ id: `${channel.uploads}.${id}`, videoId: id, at }));
  }
  return ownPlaylist(state, channel.id, playlistId).items;
}

function ownPlaylist(state: State, channelId: string, id: string): Playlist {
  const playlist = state.playlists.get(id);
  if (!playlist || playlist.channelId !== channelId) {
    const message = "The playlist identified with the request's playlistId parameter cannot be found.";
    throw problem(404, 'playlistNotFound', message, of);
  }
  return playlist;
}

/** `POST /playlistItems`: the same video may be on a playlist several times. */
export function insertItem(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, { bucket: 'units', amount: 50 });
  requireQuery(request, { required: ['part'] });
  const parts = partsOf(request, ['id', 'snippet', 'status', 'contentDetails']);
  const { json } = request;
  requireFields(json, parts);
  const snippet = isJsonObject(json.snippet) ? json.snippet : {};
  requireFields(snippet, ['playlistId', 'resourceId']);
  const { playlistId, resourceId } = snippet;
  if (typeof playlistId !== 'string') {
    throw problem(400, 'playlistIdRequired', 'The request does not specify a value for playlistId.', of);
  }
  if (!isJsonObject(resourceId) || typeof resourceId.videoId !== 'string') {
    throw problem(400, 'resourceIdRequired', 'The snippet object has to specify a resourceId.', of);
  }
  if (resourceId.kind !== 'youtube#video') {
    throw problem(400, 'invalidResourceType', 'The type of the resource is not supported.', of);
  }
  if (playlistId === channel.uploads) {
    throw problem(400, 'playlistOperationUnsupported', 'Videos cannot be inserted into this playlist.', of);
  }
  const playlist = ownPlaylist(state, channel.id, playlistId);
  if (playlist.full) {
    const message = 'The playlist already contains the maximum allowed number of items.';
    throw problem(403, 'playlistContainsMaximumNumberOfVideos', message, of);
  }
  const video = state.videos.get(resourceId.videoId);
  if (!video || (video.channelId !== channel.id && video.status.privacyStatus === 'private')) {
    throw problem(404, 'videoNotFound', 'The video that you are trying to add cannot be found.', of);
  }
  const item = { id: newId(48), videoId: video.id, at: state.now() };
  state.playlists.set(playlist.id, { ...playlist, items: [...playlist.items, item] });
  return ok(itemNode(state, playlist.id, item, parts));
}

function itemNode(
  state: State,
  playlistId: string,
  { id, videoId, at }: Playlist['items'][number],
  parts: readonly string[],
): JsonObject {
  const video = state.videos.get(videoId);
  return {
    ...{ kind: 'youtube#playlistItem', id },
    ...(parts.includes('snippet') && {
      snippet: {
        ...{ playlistId, title: video?.snippet.title ?? 'Deleted video', publishedAt: stamp(at) },
        resourceId: { kind: 'youtube#video', videoId },
      },
    }),
    ...(parts.includes('contentDetails') && { contentDetails: { videoId } }),
    ...(parts.includes('status') && { status: { privacyStatus: video?.status.privacyStatus ?? 'private' } }),
  };
}
