import { isJsonObject, parseJson } from '#platforms/core';
import { badParameter, GraphRefusal, missingParameter } from '#platforms/meta/sandbox';
import { type Container } from './state.js';

type Kind = Container['kind'];
type Given = Readonly<Record<string, string>>;

/** What each kind of container may be told. https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
const KNOWN: Readonly<Record<Kind, readonly string[]>> = {
  IMAGE: [
    ...['image_url', 'is_carousel_item', 'alt_text', 'caption', 'location_id', 'user_tags', 'collaborators'],
    ...['is_ai_generated', 'is_paid_partnership'],
  ],
  VIDEO: ['media_type', 'video_url', 'upload_type', 'is_carousel_item', 'thumb_offset'],
  REELS: [
    ...[
      'media_type',
      'video_url',
      'upload_type',
      'caption',
      'share_to_feed',
      'collaborators',
      'audio_name',
      'user_tags',
    ],
    ...['location_id', 'thumb_offset', 'trial_params', 'is_ai_generated', 'is_paid_partnership'],
  ],
  STORIES: ['media_type', 'image_url', 'video_url', 'upload_type', 'user_tags', 'is_ai_generated'],
  CAROUSEL: [
    ...['media_type', 'children', 'caption', 'share_to_feed', 'collaborators', 'location_id'],
    ...['is_ai_generated', 'is_paid_partnership'],
  ],
};

/** Of an item of a carousel these are refused: they belong to the carousel. */
const NOT_OF_ITEMS = ['caption', 'location_id', 'collaborators', 'is_ai_generated', 'is_paid_partnership'];

/** Every parameter of some kind. */
export const CONTAINER_PARAMETERS: readonly string[] = [...new Set(Object.values(KNOWN).flat())];

/** The places that can be found; a Page without one on the map is refused as a location. */
export const PLACES = [
  {
    id: '7640348500',
    name: 'Practice Museum',
    street: '5th Avenue 1071',
    city: 'New York',
    country: 'United States',
    at: [40.78, -73.96],
  },
  {
    id: '7640348501',
    name: 'Practice Market Hall',
    street: 'Market 1',
    city: 'Rotterdam',
    country: 'Netherlands',
    at: [51.92, 4.49],
  },
  { id: '7640348502', name: 'Practice Band', street: '', city: '', country: '', at: undefined },
] as const;

/** Checks everything that can be checked before a file is fetched. @throws GraphRefusal */
export function checkParameters(given: Given): { kind: Kind; isItem: boolean } {
  const kind = kindOf(given);
  const isItem = flag(given, 'is_carousel_item');
  for (const name of Object.keys(given)) {
    if (!KNOWN[kind].includes(name)) throw badParameter(`Param ${name} is not supported for ${kind}`);
    if (isItem && NOT_OF_ITEMS.includes(name))
      throw badParameter(`Param ${name} is not supported on items of carousels`);
  }
  if (kind === 'VIDEO' && !isItem)
    throw badParameter('media_type VIDEO is only for carousels; use REELS to publish a video');
  for (const name of ['share_to_feed', 'is_ai_generated', 'is_paid_partnership']) flag(given, name);
  checkFile(given, kind);
  checkCaption(given.caption ?? '');
  checkPeople(given, kind);
  checkRest(given);
  return { kind, isItem };
}

function kindOf({ media_type: type, is_carousel_item: item }: Given): Kind {
  if (type === undefined) return 'IMAGE';
  if (type === 'VIDEO' || type === 'REELS' || type === 'STORIES' || type === 'CAROUSEL') {
    if (type === 'REELS' && item === 'true') throw badParameter('Reels are not supported in carousels');
    return type;
  }
  const message = `The media type ${type} is unknown.`;
  throw refusal(100, 2207023, 'Invalid parameter', message);
}

function flag(given: Given, name: string): boolean {
  const value = given[name];
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw badParameter(`Param ${name} must be a boolean`);
  return value === 'true';
}

function checkFile({ image_url: image, video_url: video, upload_type: upload, children }: Given, kind: Kind): void {
  if (kind === 'CAROUSEL') {
    if (children === undefined) throw missingParameter('children');
    return;
  }
  if (upload !== undefined && upload !== 'resumable') throw badParameter('Param upload_type must be resumable');
  const given = [image, video, upload].filter((value) => value !== undefined).length;
  if (given > 1) throw badParameter('Only one of image_url, video_url and upload_type can be given');
  if (given === 0) throw missingParameter(kind === 'REELS' || kind === 'VIDEO' ? 'video_url' : 'image_url');
}

function checkCaption(caption: string): void {
  const hashtags = [...caption.matchAll(/(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]+/gu)].length;
  const mentions = [...caption.matchAll(/(?<![\p{L}\p{N}_.])@[\w.]+/gu)].length;
  if (caption.length > 2_200 || hashtags > 30) {
    const words = `The submitted image's caption was ${caption.length} characters long. The maximum number of characters permitted for a caption is 2200. Please submit media with a shorter caption.`;
    throw refusal(36004, 2207010, 'The caption is too long.', words);
  }
  if (mentions > 20) throw tooManyTags();
}

function checkPeople({ collaborators, user_tags: tags, is_carousel_item: item }: Given, kind: Kind): void {
  if (collaborators !== undefined) {
    const names = list(collaborators, 'collaborators');
    if (names.length > 3 || !names.every((name) => typeof name === 'string' && name !== '')) {
      throw badParameter('Param collaborators must be an array of up to 3 usernames');
    }
  }
  if (tags === undefined) return;
  if (kind === 'VIDEO' && item === 'true')
    throw badParameter('Param user_tags is not supported for videos in carousels');
  const people = list(tags, 'user_tags');
  if (people.length > 20) throw tooManyTags();
  for (const person of people) checkTag(person, kind);
}

/** Places are required in images, optional in stories, and none in reels. */
function checkTag(person: unknown, kind: Kind): void {
  if (!isJsonObject(person) || typeof person.username !== 'string' || !/^[\w.]{1,30}$/.test(person.username)) {
    throw badParameter('Param user_tags[0] must have a username');
  }
  const places = [person.x, person.y];
  const placed = places.every((share) => typeof share === 'number' && share >= 0 && share <= 1);
  if (kind === 'IMAGE' && !placed) throw badParameter('Param user_tags[0] must have x and y between 0.0 and 1.0');
  if (kind === 'REELS' && places.some((share) => share !== undefined)) {
    throw badParameter('Param user_tags[0] must not have x and y for reels');
  }
  if (kind === 'STORIES' && places.some((share) => share !== undefined) && !placed) {
    throw badParameter('Param user_tags[0] must have x and y between 0.0 and 1.0');
  }
}

function checkRest({ alt_text: alt, location_id: place, thumb_offset: offset, trial_params: trial }: Given): void {
  if (alt !== undefined && alt.length > 1_000)
    throw badParameter('Param alt_text must be no longer than 1000 characters');
  if (place !== undefined && !PLACES.some(({ id, at }) => id === place && at !== undefined)) {
    throw badParameter('INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID');
  }
  if (offset !== undefined && !/^\d+$/.test(offset)) throw badParameter('Param thumb_offset must be a whole number');
  if (trial === undefined) return;
  const params = parseJson(trial);
  const strategy = isJsonObject(params) ? params.graduation_strategy : undefined;
  if (strategy !== 'MANUAL' && strategy !== 'SS_PERFORMANCE') {
    throw badParameter('Param trial_params must have a graduation_strategy of MANUAL or SS_PERFORMANCE');
  }
}

function list(text: string, name: string): unknown[] {
  const value = parseJson(text);
  if (!Array.isArray(value)) throw badParameter(`Param ${name} must be an array.`);
  return value as unknown[];
}

function tooManyTags(): GraphRefusal {
  return refusal(100, 2207040, 'Too many tags.', 'Cannot use more than 20 tags per created media.');
}

/** A refusal with code and subcode, as the page of error codes has them: HTTP 400, always. */
export function refusal(code: number, subcode: number, title: string, words: string): GraphRefusal {
  return new GraphRefusal({ code, subcode, message: title, transient: false, user: { title, message: words } });
}
