import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { invalidArgument, invalidPost } from './calls.js';

/** https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#LocalPost */
const FIELDS = ['languageCode', 'summary', 'callToAction', 'event', 'media', 'topicType', 'offer'];
const TOPICS = ['STANDARD', 'EVENT', 'OFFER'];
const ACTIONS = ['BOOK', 'ORDER', 'SHOP', 'LEARN_MORE', 'SIGN_UP', 'CALL'];
const MAX = { summary: 1_500, title: 58, couponCode: 58, termsConditions: 5_000 } as const;

/** A photo that was named. */
export interface NamedPhoto {
  sourceUrl: string;
}

/** Reads a post that is to be made. @throws GoogleRefusal where it is none */
export function readPostBody(json: JsonObject): { fields: JsonObject; photos: NamedPhoto[] } {
  known(json, FIELDS, 'local_post');
  const { media, ...fields } = json;
  const topic = text(json, 'topicType', 'topic_type');
  if (topic === undefined || !TOPICS.includes(topic)) throw invalidPost('topic_type', 'topicType is required.');
  const summary = text(json, 'summary', 'summary');
  const photos = photosIn(media);
  if (topic === 'STANDARD' && summary === undefined) throw invalidPost('summary', 'A summary is required.');
  requireLanguage(json);
  readAction(json.callToAction);
  if (topic === 'STANDARD' && json.event !== undefined)
    throw invalidPost('event', 'Only EVENT and OFFER have an event.');
  if (topic !== 'STANDARD') readEvent(json.event);
  if (topic !== 'OFFER' && json.offer !== undefined) throw invalidPost('offer', 'Only OFFER has an offer.');
  readOffer(json.offer);
  return { fields, photos };
}

/** Reads the change of a post: its text alone is changed here. */
export function readPatch(json: JsonObject, mask: string): string {
  if (mask !== 'summary') throw invalidArgument('update_mask', 'Only the summary can be changed here.');
  known(json, FIELDS, 'local_post');
  const summary = text(json, 'summary', 'summary');
  if (summary === undefined) throw invalidPost('summary', 'A summary is required.');
  return summary;
}

function requireLanguage(json: JsonObject): void {
  const language = text(json, 'languageCode', 'language_code');
  if (language !== undefined && !/^[a-z]{2,3}(-\w{2,8})*$/i.test(language)) {
    throw invalidPost('language_code', 'The language is not a BCP 47 code.');
  }
}

function readAction(action: Json | undefined): void {
  if (action === undefined) return;
  const read = object(action, 'call_to_action');
  known(read, ['actionType', 'url'], 'local_post.call_to_action');
  const type = text(read, 'actionType', 'call_to_action.action_type');
  if (type === undefined || !ACTIONS.includes(type)) {
    throw invalidPost('call_to_action.action_type', 'The type of the action is required.');
  }
  const url = text(read, 'url', 'call_to_action.url');
  // "This field should be left unset for Call CTA."
  if (type === 'CALL' && url !== undefined) throw invalidPost('call_to_action.url', 'A call has no URL.');
  if (type !== 'CALL') requireUrl(url, 'call_to_action.url');
}

function readEvent(event: Json | undefined): void {
  if (event === undefined) throw invalidPost('event', 'An event is required.');
  const read = object(event, 'event');
  known(read, ['title', 'schedule'], 'local_post.event');
  if (text(read, 'title', 'event.title') === undefined) throw invalidPost('event.title', 'A title is required.');
  const schedule = object(read.schedule, 'event.schedule');
  known(schedule, ['startDate', 'startTime', 'endDate', 'endTime'], 'local_post.event.schedule');
  const start = moment(schedule, 'start');
  const end = moment(schedule, 'end');
  if (end <= start) throw invalidPost('event.schedule', 'The end has to be after the start.');
}

/** "It must contain all fields to be valid." */
function moment(schedule: JsonObject, which: 'start' | 'end'): number {
  const date = object(schedule[`${which}Date`], `event.schedule.${which}_date`);
  const time = object(schedule[`${which}Time`], `event.schedule.${which}_time`);
  known(date, ['year', 'month', 'day'], `local_post.event.schedule.${which}_date`);
  known(time, ['hours', 'minutes', 'seconds', 'nanos'], `local_post.event.schedule.${which}_time`);
  const number = (of: JsonObject, name: string): number => {
    const value = of[name] ?? 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw invalidPost(`event.schedule.${which}`, `${name} is no number.`);
    }
    return value;
  };
  const [year, month, day] = ['year', 'month', 'day'].map((name) => number(date, name)) as [number, number, number];
  const [hours, minutes] = ['hours', 'minutes'].map((name) => number(time, name)) as [number, number];
  const at = new Date(Date.UTC(year, month - 1, day, hours, minutes));
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hours;
  if (!exists || year < 2000 || minutes > 59) throw invalidPost(`event.schedule.${which}`, 'There is no such time.');
  return at.getTime();
}

function readOffer(offer: Json | undefined): void {
  if (offer === undefined) return;
  const read = object(offer, 'offer');
  known(read, ['couponCode', 'redeemOnlineUrl', 'termsConditions'], 'local_post.offer');
  text(read, 'couponCode', 'offer.coupon_code');
  text(read, 'termsConditions', 'offer.terms_conditions');
  const url = text(read, 'redeemOnlineUrl', 'offer.redeem_online_url');
  if (url !== undefined) requireUrl(url, 'offer.redeem_online_url');
}

function photosIn(media: Json | undefined): NamedPhoto[] {
  if (media === undefined) return [];
  if (!Array.isArray(media)) throw invalidPost('media', 'media is a list.');
  return media.map((item) => {
    const read = object(item, 'media');
    known(read, ['mediaFormat', 'sourceUrl'], 'local_post.media');
    if (read.mediaFormat !== 'PHOTO') throw invalidPost('media.media_format', 'Posts have photos alone.');
    const sourceUrl = text(read, 'sourceUrl', 'media.source_url');
    if (sourceUrl === undefined) throw invalidPost('media.source_url', 'sourceUrl is required.');
    return { sourceUrl };
  });
}

function known(given: JsonObject, names: readonly string[], at: string): void {
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  throw invalidArgument(at, `Unknown name "${stranger}" at '${at}': Cannot find field.`);
}

function object(value: Json | undefined, field: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw invalidPost(field, `${field} is required.`);
}

/** Undefined where it is empty: both mean the same to Google. */
function text(of: JsonObject, name: string, field: string): string | undefined {
  const value = of[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw invalidArgument(field, `Invalid value at '${field}' (TYPE_STRING).`);
  const max = (MAX as Readonly<Record<string, number>>)[name];
  if (max !== undefined && value.length > max) throw invalidPost(field, `${field} may have ${max} characters.`);
  return value;
}

function requireUrl(url: string | undefined, field: string): void {
  if (url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw invalidPost(field, 'An absolute web address is required.');
}
