import { type JsonObject } from '#platforms/core';
import { type State, type Video } from './state.js';

const AUDIENCES = { public: undefined, unlisted: 'whoever has the link', private: 'only you' } as const;

/** A video becomes visible to somebody, for the first time. */
export function showFirst(state: State, video: Video): Video {
  const shown = { ...video, shown: true };
  state.videos.set(video.id, shown);
  show(state, shown);
  return shown;
}

/** What is visible has changed. */
export function showAgain(state: State, video: Video): void {
  state.world.hide(video.channelId, video.id);
  show(state, video);
}

function show(state: State, video: Video): void {
  const { id, channelId, snippet, file } = video;
  const accountName = state.channelById(channelId)?.name;
  state.world.show({
    ...{ platform: 'youtube', account: channelId, id, text: snippet.description },
    ...(accountName !== undefined && { accountName }),
    media: [{ contentType: file.contentType, bytes: file.bytes, digest: file.digest }],
    at: state.world.now().toISOString(),
    permalink: permalinkOf(state, video),
    details: detailsOf(state, video),
  });
}

/** Upright or square, and three minutes at the most: YouTube makes a Short of it. https://support.google.com/youtube/answer/15424877 */
function isShort({ file: { width, height, durationMs } }: Video): boolean {
  return width > 0 && width <= height && durationMs <= 3 * 60_000;
}

function permalinkOf({ world }: State, video: Video): string {
  return `${world.baseUrl}/www/${isShort(video) ? 'shorts/' : 'watch?v='}${video.id}`;
}

function detailsOf(state: State, video: Video): JsonObject {
  const { snippet, status, thumbnail, notified } = video;
  const audience = AUDIENCES[status.privacyStatus];
  const playlists = state
    .playlistsOf(video.channelId)
    .filter(({ items }) => items.some(({ videoId }) => videoId === video.id))
    .map(({ title }) => title);
  return {
    ...{ format: isShort(video) ? 'short' : 'video', title: snippet.title, category: snippet.categoryId },
    ...(snippet.tags.length > 0 && { tags: snippet.tags }),
    ...(audience !== undefined && { audience }),
    ...(thumbnail !== undefined && { cover: thumbnail }),
    ...(playlists.length > 0 && { playlists }),
    ...(status.selfDeclaredMadeForKids && { madeForKids: true }),
    ...(status.containsSyntheticMedia && { synthetic: true }),
    ...(status.license !== 'youtube' && { license: status.license }),
    ...(!status.embeddable && { embeddable: false }),
    ...(!notified && { notifySubscribers: false }),
  };
}
