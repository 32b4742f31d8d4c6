import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { invalid } from './answers.js';
import { type Info } from './state.js';

const EMPTY: Info = {
  ...{ title: '', text: '', privacy: '' },
  ...{ commentsOff: false, duetOff: false, stitchOff: false },
  ...{ branded: false, ownBrand: false, aiGenerated: false, music: false },
};

const LEVELS = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'];

/** `post_info` of a video. https://developers.tiktok.com/doc/content-posting-api-reference-direct-post */
export function videoInfo(body: JsonObject): Info {
  const info = objectIn(body, 'post_info', [
    ...['privacy_level', 'title', 'disable_duet', 'disable_stitch', 'disable_comment', 'video_cover_timestamp_ms'],
    ...['brand_content_toggle', 'brand_organic_toggle', 'is_aigc'],
  ]);
  const at = numberIn(info, 'video_cover_timestamp_ms');
  return {
    ...EMPTY,
    ...audienceIn(info),
    text: textIn(info, 'title', 2_200),
    duetOff: flagIn(info, 'disable_duet'),
    stitchOff: flagIn(info, 'disable_stitch'),
    aiGenerated: flagIn(info, 'is_aigc'),
    ...(at !== undefined && { coverAt: at }),
  };
}

/** `post_info` of photos. https://developers.tiktok.com/doc/content-posting-api-reference-photo-post */
export function photosInfo(body: JsonObject, isDraft: boolean): Info {
  const known = isDraft
    ? ['title', 'description']
    : [
        ...['title', 'description', 'privacy_level', 'disable_comment', 'auto_add_music'],
        ...['brand_content_toggle', 'brand_organic_toggle'],
      ];
  const info = objectIn(body, 'post_info', known);
  const texts = { title: textIn(info, 'title', 90), text: textIn(info, 'description', 4_000) };
  if (isDraft) return { ...EMPTY, ...texts };
  return { ...EMPTY, ...audienceIn(info), ...texts, music: flagIn(info, 'auto_add_music') };
}

/** Of a video in the inbox: nothing is said of it. */
export const nothingSaid = (): Info => ({ ...EMPTY });

function audienceIn(info: JsonObject): Pick<Info, 'privacy' | 'commentsOff' | 'branded' | 'ownBrand'> {
  const privacy = info.privacy_level;
  if (typeof privacy !== 'string' || !LEVELS.includes(privacy)) throw invalid('The privacy_level is invalid.');
  const branded = flagIn(info, 'brand_content_toggle');
  // "Branded content visibility cannot be set to private." https://developers.tiktok.com/doc/content-sharing-guidelines
  if (branded && privacy === 'SELF_ONLY') throw invalid('Branded content cannot be private.');
  return {
    privacy,
    commentsOff: flagIn(info, 'disable_comment'),
    branded,
    ownBrand: flagIn(info, 'brand_organic_toggle'),
  };
}

/** An object of a body that holds nothing but these. */
export function objectIn(body: JsonObject, name: string, known: readonly string[]): JsonObject {
  const value = body[name];
  if (!isJsonObject(value)) throw invalid(`${name} is missing.`);
  requireKnown(value, known);
  return value;
}

/** That a body holds nothing but these. */
export function requireKnown(body: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a parameter of this request.`);
}

/** A whole number of at least nothing, where there is one. */
export function numberIn(object: JsonObject, name: string): number | undefined {
  const value: Json | undefined = object[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw invalid(`${name} is no whole number.`);
  return value;
}

function textIn(object: JsonObject, name: string, max: number): string {
  const value = object[name] ?? '';
  if (typeof value !== 'string') throw invalid(`${name} is no text.`);
  if (value.length > max) throw invalid(`${name} is longer than ${max}.`);
  return value;
}

function flagIn(object: JsonObject, name: string): boolean {
  const value = object[name] ?? false;
  if (typeof value !== 'boolean') throw invalid(`${name} is no boolean.`);
  return value;
}
