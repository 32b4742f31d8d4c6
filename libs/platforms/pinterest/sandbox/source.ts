import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { invalid, notPermitted } from './answers.js';
import { fetchedImage, keptImage, statusOf } from './media.js';
import { type Pin, type State } from './state.js';

/** What a `media_source` gives a Pin. */
export type Sourced = Pick<Pin, 'kind' | 'files' | 'items' | 'cover'>;

const COVERS = ['cover_image_url', 'cover_image_data', 'cover_image_key_frame_time'] as const;
const MOST_ITEMS = 5;

/** One of the sources of `PinMediaSource`, told apart by `source_type`. https://developers.pinterest.com/docs/api/v5/pins-create */
export async function readSource(state: State, userId: string, source: Json | undefined): Promise<Sourced> {
  if (!isJsonObject(source)) throw invalid('media_source is required.');
  if (source.is_standard === false) throw notPermitted();
  switch (source.source_type) {
    case 'image_base64':
      known(source, ['source_type', 'content_type', 'data', 'is_standard']);
      return { kind: 'image', files: [inlined(state, source)], items: [] };
    case 'image_url':
      known(source, ['source_type', 'url', 'is_standard']);
      return { kind: 'image', files: [await fetchedImage(state, text(source, 'url'))], items: [] };
    case 'video_id':
      return videoOf(state, userId, source);
    case 'multiple_image_base64':
    case 'multiple_image_urls':
      return carouselOf(state, source, source.source_type === 'multiple_image_urls');
    case 'pin_url':
      // "Only available to a list of beta users."
      throw notPermitted();
    default:
      throw invalid('media_source is not valid under any of the given schemas.');
  }
}

async function carouselOf(state: State, source: JsonObject, byUrl: boolean): Promise<Sourced> {
  known(source, ['source_type', 'items', 'index']);
  const { items, index } = source;
  if (!Array.isArray(items) || items.length < 2 || items.length > MOST_ITEMS) throw invalid('items must be 2 to 5.');
  if (index !== undefined && (!Number.isInteger(index) || Number(index) < 0)) throw invalid('index must be 0 or more.');
  const sourced: Sourced = { kind: 'multiple_images', files: [], items: [] };
  for (const item of items) {
    if (!isJsonObject(item)) throw invalid('items must be objects.');
    known(item, [...(byUrl ? ['url'] : ['content_type', 'data']), 'title', 'description', 'link']);
    sourced.files.push(byUrl ? await fetchedImage(state, text(item, 'url')) : inlined(state, item));
    const said = (name: string) => (item[name] === undefined ? '' : text(item, name));
    sourced.items.push({ title: said('title'), description: said('description'), link: said('link') });
  }
  return sourced;
}

/** A video that was processed, with one cover. */
async function videoOf(state: State, userId: string, source: JsonObject): Promise<Sourced> {
  known(source, ['source_type', 'media_id', 'is_standard', 'cover_image_content_type', ...COVERS]);
  const media = state.media.get(text(source, 'media_id'));
  if (!media || media.userId !== userId) throw invalid('media_id: there is no such media.');
  if (statusOf(state, media) !== 'succeeded' || !media.file)
    throw invalid('media_id: the video has not been processed.');
  const covers = COVERS.filter((name) => source[name] !== undefined);
  const [given] = covers;
  if (!given || covers.length > 1) throw invalid(`A video needs one cover: ${COVERS.join(', ')}.`);
  return { kind: 'video', files: [media.file], items: [], cover: await coverOf(state, source, given) };
}

async function coverOf(state: State, source: JsonObject, given: (typeof COVERS)[number]): Promise<string> {
  if (given === 'cover_image_key_frame_time') {
    const seconds = source.cover_image_key_frame_time;
    if (!Number.isInteger(seconds) || Number(seconds) < 0)
      throw invalid('cover_image_key_frame_time must be 0 or more.');
    return `the frame at ${Number(seconds)} seconds`;
  }
  if (given === 'cover_image_url') {
    return `an image: ${(await fetchedImage(state, text(source, given))).digest}`;
  }
  const { cover_image_content_type: type = null, cover_image_data: data = null } = source;
  return `an image: ${inlined(state, { content_type: type, data }).digest}`;
}

function inlined(state: State, source: JsonObject): Pin['files'][number] {
  const type = text(source, 'content_type');
  if (type !== 'image/jpeg' && type !== 'image/png') throw invalid('content_type must be image/jpeg or image/png.');
  const data = text(source, 'data');
  if (!/^[a-zA-Z0-9+/=]+$/.test(data)) throw invalid('data does not match ^[a-zA-Z0-9+/=]+$.');
  return keptImage(state, state.world.file(Buffer.from(data, 'base64')), type);
}

function known(object: JsonObject, names: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalid(`Additional properties are not allowed ('${unknown}' was unexpected).`);
}

function text(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== 'string' || value === '') throw invalid(`${name} is not of type string.`);
  return value;
}
