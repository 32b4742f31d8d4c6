import {
  isJsonObject,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  type PrepareContext,
  type SegmentDraft,
} from '#platforms/core';
import { callYouTube, idField, pagesOf } from './api.js';
import { isGone } from './classify.js';
import { type End, failureOfEnd, UPLOAD_KEEPS_ENDING } from './failures.js';
import { endOfProcessing, type Uploaded } from './processing.js';
import { hiddenStatusOf, snippetOf } from './resource.js';
import { settingsOf } from './settings.js';
import { beginUpload, sendVideo, type Session } from './upload.js';
import { videosOf } from './videos.js';

/** So many uploads are begun in one call where their sessions end: each counts in the quota of the day. */
const MOST_BEGUN = 2;
/** YouTube's clock may be a little behind ours. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * The video, private and processed. One that YouTube refused is told about once; the next call deletes it and uploads it anew,
 * so that a retry by hand is a real one, and no copy of itself is in its way.
 * @throws StillProcessing while YouTube works on it
 */
export async function processedVideo(ctx: PrepareContext, draft: SegmentDraft, source: MediaSource): Promise<string> {
  for (let generation = 1; ; generation += 1) {
    const name = `video:${generation}`;
    const uploaded = await uploadedVideo(ctx, draft, source, name);
    const end = await endOfProcessing(ctx, uploaded, source.durationMs);
    if (end === undefined) return uploaded.videoId;
    if (await isFirstTold(ctx, `${name}:ended`, end)) throw new PlatformFailure(failureOfEnd(end));
    if (end.status !== 'deleted') await ctx.step(`${name}:deleted`, () => deleteVideo(ctx, uploaded.videoId));
  }
}

/** Deletes a video. That it is gone already is as good. https://developers.google.com/youtube/v3/docs/videos/delete */
export async function deleteVideo(ctx: Parameters<typeof callYouTube>[0], id: string): Promise<true> {
  try {
    await callYouTube(ctx, { operation: 'delete the video', method: 'videos.delete', query: { id } });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return true;
}

/** The address of an upload is kept before a single byte is sent, so that whoever comes after goes on with it. */
async function uploadedVideo(
  ctx: PrepareContext,
  draft: SegmentDraft,
  source: MediaSource,
  name: string,
): Promise<Uploaded> {
  let begun = 0;
  for (let round = 1; ; round += 1) {
    const step = `${name}:${round}`;
    if (begun >= MOST_BEGUN) throw new PlatformFailure(UPLOAD_KEEPS_ENDING);
    const before = begun;
    const session = await ctx.step(`${step}:session`, () => {
      begun += 1;
      return beginUpload(ctx, source, {
        resource: { snippet: snippetOf(draft), status: hiddenStatusOf(draft) },
        filename: filenameOf(ctx, step, source),
        notify: settingsOf(draft.settings).notifySubscribers,
      });
    });
    const sent = await sendVideo(ctx, source, session, { name: step, isNew: begun > before });
    // What a lost answer told of may be there all the same.
    const videoId = sent ?? (await ctx.step(`${step}:found`, () => arrivedVideo(ctx, draft, session)));
    if (videoId !== null) return ctx.step(`${step}:video`, () => ({ videoId, at: ctx.now().toISOString() }));
  }
}

/** The videos that these steps uploaded: also where a worker died before the step that keeps the video by itself. */
export function uploadedIn(steps: JsonObject): string[] {
  const made = Object.values(steps).flatMap((result) =>
    isJsonObject(result) && typeof result.videoId === 'string' ? [result.videoId] : [],
  );
  return [...new Set(made)];
}

/** Unlike that of any other upload; seen by nobody but the owner. */
function filenameOf({ setId }: PrepareContext, step: string, { contentType }: MediaSource): string {
  const ending = contentType === 'video/quicktime' ? 'mov' : contentType === 'video/webm' ? 'webm' : 'mp4';
  return `clickpost-${setId}-${step.replaceAll(':', '-')}.${ending}`;
}

/**
 * The video of a session that is over, if it arrived: among the latest of the channel, where its owner sees private ones too.
 * The name of its file is its alone; where YouTube has not read it yet, the title, and that it is still hidden, have to do, and
 * of several such videos none is taken.
 * https://developers.google.com/youtube/v3/guides/implementation/videos#videos-retrieve-uploads
 */
async function arrivedVideo(ctx: PrepareContext, draft: SegmentDraft, session: Session): Promise<string | null> {
  const { uploads } = ctx.channelDetails;
  if (typeof uploads !== 'string') return null;
  const operation = 'look whether the video arrived';
  const since = Date.parse(session.at) - CLOCK_TOLERANCE_MS;
  const query = { part: 'snippet,contentDetails', playlistId: uploads };
  const ids: string[] = [];
  for await (const { items } of pagesOf(ctx, { operation, method: 'playlistItems.list', query, maxPages: 1 })) {
    ids.push(...items.flatMap((item) => idSince(item, since, operation)));
  }
  const videos = await videosOf(ctx, operation, ids, ['snippet', 'status', 'fileDetails']);
  const named = videos.find((video) => fileNameOf(video) === session.filename);
  if (named) return idField(named, 'id', operation);
  const alike = videos.filter((video) => fileNameOf(video) === undefined && isHiddenLike(video, draft));
  return alike.length === 1 && alike[0] ? idField(alike[0], 'id', operation) : null;
}

/** The id of a video that was added since; of one whose time is not told, too. */
function idSince({ snippet, contentDetails }: JsonObject, since: number, operation: string): string[] {
  if (!isJsonObject(contentDetails)) return [];
  const at = isJsonObject(snippet) && typeof snippet.publishedAt === 'string' ? Date.parse(snippet.publishedAt) : NaN;
  return at < since ? [] : [idField(contentDetails, 'videoId', operation)];
}

function fileNameOf({ fileDetails }: JsonObject): string | undefined {
  return isJsonObject(fileDetails) && typeof fileDetails.fileName === 'string' ? fileDetails.fileName : undefined;
}

function isHiddenLike({ snippet, status }: JsonObject, draft: SegmentDraft): boolean {
  if (!isJsonObject(snippet) || !isJsonObject(status)) return false;
  const { title, description } = snippetOf(draft);
  const isHidden = status.privacyStatus === 'private' && status.publicStatsViewable !== true;
  return isHidden && snippet.title === title && snippet.description === description;
}

async function isFirstTold(ctx: PrepareContext, step: string, { status }: End): Promise<boolean> {
  let first = false;
  await ctx.step(step, () => {
    first = true;
    return status;
  });
  return first;
}
