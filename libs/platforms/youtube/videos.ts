import { type AccountContext, isJsonObject, type JsonObject, MalformedAnswerError } from '#platforms/core';
import { callYouTube } from './api.js';

/** Parts of a video, as they are asked for. https://developers.google.com/youtube/v3/docs/videos/list */
type Part = 'snippet' | 'status' | 'processingDetails' | 'fileDetails';

/**
 * Videos by their ids, those of the channel itself also while they are private; what is not there is left out.
 * @param ids 50 at the most
 */
export async function videosOf(
  ctx: AccountContext,
  operation: string,
  ids: readonly string[],
  parts: readonly Part[],
): Promise<JsonObject[]> {
  if (ids.length === 0) return [];
  const query = { part: parts.join(','), id: ids.join(',') };
  const { items } = await callYouTube(ctx, { operation, method: 'videos.list', query });
  // "items" is always there, also empty: an answer without it says nothing about the video.
  if (!Array.isArray(items)) throw new MalformedAnswerError(operation, '"items" is not a list');
  return items.filter(isJsonObject).filter(({ id }) => typeof id === 'string' && ids.includes(id));
}

/** One of them; undefined where it is not there. */
export async function videoOf(
  ctx: AccountContext,
  operation: string,
  id: string,
  parts: readonly Part[],
): Promise<JsonObject | undefined> {
  const [video] = await videosOf(ctx, operation, [id], parts);
  return video;
}
