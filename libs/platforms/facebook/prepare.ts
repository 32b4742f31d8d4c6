import {
  formatOf,
  lookedUpOf,
  type MediaSource,
  type PrepareContext,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { FORMATS, PLACE_SETTING, TITLE_SETTING } from './formats.js';
import { graph, pageId, pageToken } from './graph.js';
import { type Prepared, type PreparedFeed } from './prepared.js';
import { uploadUpright, uploadVideo } from './video-upload.js';

/** Uploads everything without showing it. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  if (draft.kind === 'comment') return prepareComment(draft);
  const format = formatOf({ formats: FORMATS }, draft.settings)?.id;
  const [file] = ctx.media;
  if (format === 'story') return prepareStory(ctx, file);
  if (format === 'reel') return prepareReel(ctx, draft, file);
  return file?.kind === 'video' ? prepareVideo(ctx, draft, file) : prepareFeed(ctx, draft);
}

function prepareComment({ text, replyTo }: SegmentDraft): Prepared {
  if (!replyTo) throw new Error('A comment needs the post that it is below.');
  return { kind: 'comment', objectId: replyTo.parent.id, message: text };
}

async function prepareStory(ctx: PrepareContext, file: MediaSource | undefined): Promise<Prepared> {
  if (!file) throw new Error('A story needs a file.');
  if (file.kind === 'video') {
    return { kind: 'video-story', videoId: await uploadUpright(ctx, file, 'video_stories') };
  }
  return { kind: 'photo-story', photoId: await ctx.step('photo:0', () => uploadPhoto(ctx, 0)) };
}

async function prepareReel(ctx: PrepareContext, draft: SegmentDraft, file: MediaSource | undefined): Promise<Prepared> {
  if (!file) throw new Error('A reel needs a video.');
  const videoId = await uploadUpright(ctx, file, 'video_reels');
  return { kind: 'reel', videoId, message: draft.text, ...titleOf(draft), ...placeOf(draft) };
}

async function prepareVideo(ctx: PrepareContext, draft: SegmentDraft, file: MediaSource): Promise<Prepared> {
  return { kind: 'video', ...(await uploadVideo(ctx, file)), message: draft.text, ...titleOf(draft) };
}

async function prepareFeed(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedFeed> {
  const photos: string[] = [];
  for (const index of ctx.media.keys()) photos.push(await ctx.step(`photo:${index}`, () => uploadPhoto(ctx, index)));
  const link = draft.link !== undefined && { link: draft.link };
  return { kind: 'feed', message: draft.text, photos, ...link, ...placeOf(draft) };
}

/** An image that nobody sees yet: https://developers.facebook.com/docs/graph-api/reference/page/photos/ */
async function uploadPhoto(ctx: PrepareContext, index: number): Promise<string> {
  const source = ctx.media[index];
  if (!source) throw new Error(`The segment has no image ${index + 1}.`);
  const body = new FormData();
  body.set('published', 'false');
  if (source.altText) body.set('alt_text_custom', source.altText);
  const name = source.contentType === 'image/png' ? 'image.png' : 'image.jpg';
  body.set('source', new Blob([await source.read()], { type: source.contentType }), name);
  const operation = `upload image ${index + 1}`;
  const path = `${pageId(ctx)}/photos`;
  const answer = await graph.call(ctx, { operation, method: 'POST', path, body, token: pageToken(ctx) });
  return stringField(answer, 'id', operation);
}

function titleOf({ settings }: SegmentDraft): { title?: string } {
  const title = settings[TITLE_SETTING];
  return typeof title === 'string' && title !== '' ? { title } : {};
}

function placeOf({ settings }: SegmentDraft): { place?: string } {
  const place = lookedUpOf(settings, PLACE_SETTING);
  return place ? { place: place.value } : {};
}
