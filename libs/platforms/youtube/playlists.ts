import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  type LookupAnswer,
  type PrepareContext,
} from '#platforms/core';
import { callYouTube, idField, pagesOf } from './api.js';
import { isRefusedFor, refusalOfExtra } from './extras.js';

/** As many as a lookup may offer, page by page. */
const MOST_PAGES = 5;

/** Why a video was not put on a playlist. https://developers.google.com/youtube/v3/docs/playlistItems/insert#errors */
const REFUSED: Readonly<Record<string, string>> = {
  playlistNotFound: 'it is not there any more',
  playlistContainsMaximumNumberOfVideos: 'it is full',
  playlistItemsNotAccessible: 'this account may not change it',
  forbidden: 'this account may not change it',
  videoNotFound: 'YouTube did not find the video, as it is new',
  playlistOperationUnsupported: 'YouTube lets no program add videos to it',
  videoAlreadyInAnotherSeriesPlaylist: 'the video is in another series playlist',
  manualSortRequired: 'YouTube sorts it by itself',
};

/** The playlists of the channel whose names hold the query. https://developers.google.com/youtube/v3/docs/playlists/list */
export async function findPlaylists(ctx: AccountContext, query: string): Promise<LookupAnswer[]> {
  const operation = 'read the playlists';
  const wanted = query.trim().toLocaleLowerCase();
  const found: LookupAnswer[] = [];
  const list = {
    operation,
    method: 'playlists.list',
    query: { part: 'snippet,status,contentDetails', mine: 'true' },
  } as const;
  for await (const { items } of pagesOf(ctx, { ...list, maxPages: MOST_PAGES })) {
    found.push(...items.map((item) => answerOf(item, operation)));
  }
  return found.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
}

function answerOf(item: JsonObject, operation: string): LookupAnswer {
  const value = idField(item, 'id', operation);
  const title = isJsonObject(item.snippet) ? item.snippet.title : undefined;
  const privacy = isJsonObject(item.status) ? item.status.privacyStatus : undefined;
  const count = isJsonObject(item.contentDetails) ? item.contentDetails.itemCount : undefined;
  const details = [
    ...(typeof count === 'number' ? [count === 1 ? '1 video' : `${count} videos`] : []),
    ...(typeof privacy === 'string' && privacy !== 'public' ? [privacy] : []),
  ];
  const label = typeof title === 'string' && title.trim() !== '' ? title : value;
  return { value, label, ...(details.length > 0 && { detail: details.join(', ') }) };
}

/**
 * Puts the video on the playlist that was chosen, once: YouTube takes the same video several times, so it is looked whether it is
 * there. A playlist that does not take it costs nobody the video.
 * @returns what people have to know about it
 */
export async function addToPlaylist(
  ctx: PrepareContext,
  playlist: { id: string; name: string } | undefined,
  videoId: string,
): Promise<string | undefined> {
  if (!playlist) return undefined;
  const note = await ctx.step('playlist', async () => {
    try {
      if (!(await isOnPlaylist(ctx, playlist.id, videoId))) await insert(ctx, playlist.id, videoId);
      return '';
    } catch (error) {
      const why = refusalOfExtra(error, REFUSED, ctx.now());
      if (why === undefined) throw error;
      return `The video was not put on the playlist "${playlist.name}": ${why}.`;
    }
  });
  return note === '' ? undefined : note;
}

/** A video that is new, or not on the playlist, may be answered by `videoNotFound`, too. https://developers.google.com/youtube/v3/docs/playlistItems/list#errors */
async function isOnPlaylist(ctx: PrepareContext, playlistId: string, videoId: string): Promise<boolean> {
  const operation = 'look whether the video is on the playlist';
  const query = { part: 'id', playlistId, videoId };
  try {
    for await (const { items } of pagesOf(ctx, { operation, method: 'playlistItems.list', query, maxPages: 1 })) {
      if (items.length > 0) return true;
    }
  } catch (error) {
    if (!isRefusedFor(error, 'videoNotFound')) throw error;
  }
  return false;
}

/**
 * Of a new video YouTube now and then says that it does not find it, and adds it all the same: so it is looked again.
 * https://github.com/porjo/youtubeuploader/issues/88
 */
async function insert(ctx: PrepareContext, playlistId: string, videoId: string): Promise<void> {
  try {
    await callYouTube(ctx, {
      operation: 'put the video on the playlist',
      method: 'playlistItems.insert',
      query: { part: 'snippet' },
      body: { snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } } },
    });
  } catch (error) {
    if (isRefusedFor(error, 'videoAlreadyInPlaylist')) return;
    if (!isRefusedFor(error, 'videoNotFound') || !(await isOnPlaylist(ctx, playlistId, videoId))) throw error;
  }
}
