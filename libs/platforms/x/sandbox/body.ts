import { isJsonObject, type JsonObject } from '#platforms/core';
import { invalid } from './answers.js';
import { strangers } from './media.js';

/** What was asked for, in order. */
export interface Wanted {
  text: string;
  media: string[];
  replyTo?: string;
  quotes?: string;
  edits?: string;
  poll?: { options: string[]; minutes: number };
  replySettings?: string;
  madeWithAi: boolean;
  paidPartnership: boolean;
}

const ID = /^\d{1,19}$/;
const FIELDS = [
  ...['card_uri', 'community_id', 'direct_message_deep_link', 'edit_options', 'for_super_followers_only', 'geo'],
  ...['made_with_ai', 'media', 'nullcast', 'paid_partnership', 'poll', 'quote_tweet_id', 'reply', 'reply_settings'],
  ...['share_with_followers', 'text'],
];
/** What this practice network does not play. */
const UNPLAYED = [
  ...['card_uri', 'community_id', 'direct_message_deep_link', 'for_super_followers_only', 'geo', 'nullcast'],
  'share_with_followers',
];
const REPLY_SETTINGS = ['following', 'mentionedUsers', 'subscribers', 'verified'];

/** Reads the body of `POST /2/tweets` as the description of the API has it: nothing unknown, nothing of another type. */
export function readBody(json: JsonObject): Wanted {
  strangers(json, FIELDS);
  const unplayed = UNPLAYED.find((name) => json[name] !== undefined);
  if (unplayed !== undefined) throw invalid(`The practice network does not play ${unplayed}.`, unplayed);
  const { text = '', reply_settings: replySettings, quote_tweet_id: quotes } = json;
  if (typeof text !== 'string') throw wrong('text', 'a string');
  if (replySettings !== undefined && !(typeof replySettings === 'string' && REPLY_SETTINGS.includes(replySettings))) {
    throw wrong('reply_settings', `one of [${REPLY_SETTINGS.join(', ')}]`);
  }
  const replyTo = idIn(json, 'reply', 'in_reply_to_tweet_id', [
    'auto_populate_reply_metadata',
    'exclude_reply_user_ids',
  ]);
  const edits = idIn(json, 'edit_options', 'previous_post_id', []);
  const poll = pollIn(json);
  return {
    text,
    media: mediaIn(json),
    madeWithAi: flagIn(json, 'made_with_ai'),
    paidPartnership: flagIn(json, 'paid_partnership'),
    ...(typeof replySettings === 'string' && { replySettings }),
    ...(replyTo !== undefined && { replyTo }),
    ...(edits !== undefined && { edits }),
    ...(quotes !== undefined && { quotes: id(quotes, 'quote_tweet_id') }),
    ...(poll && { poll }),
  };
}

function mediaIn({ media }: JsonObject): string[] {
  if (media === undefined) return [];
  if (!isJsonObject(media)) throw wrong('media', 'an object');
  strangers(media, ['media_ids', 'tagged_user_ids'], '$.media');
  const ids = media.media_ids;
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > 4) throw wrong('media.media_ids', 'a list of 1 to 4 ids');
  return ids.map((one) => id(one, 'media.media_ids'));
}

function pollIn({ poll }: JsonObject): Wanted['poll'] {
  if (poll === undefined) return undefined;
  if (!isJsonObject(poll)) throw wrong('poll', 'an object');
  strangers(poll, ['options', 'duration_minutes', 'reply_settings'], '$.poll');
  const { options, duration_minutes: minutes } = poll;
  if (!Array.isArray(options) || options.length < 2 || options.length > 4) throw wrong('poll.options', '2 to 4 texts');
  const texts = options.filter((one) => typeof one === 'string');
  if (texts.length !== options.length || texts.some((one) => one.length < 1 || [...one].length > 25)) {
    throw wrong('poll.options', 'texts of 1 to 25 characters');
  }
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 5 || minutes > 10_080) {
    throw wrong('poll.duration_minutes', 'a whole number from 5 to 10080');
  }
  return { options: texts, minutes };
}

function idIn(json: JsonObject, object: string, field: string, beside: readonly string[]): string | undefined {
  const value = json[object];
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) throw wrong(object, 'an object');
  strangers(value, [field, ...beside], `$.${object}`);
  return id(value[field], `${object}.${field}`);
}

function id(value: unknown, path: string): string {
  if (typeof value === 'string' && ID.test(value)) return value;
  throw wrong(path, 'an id of 1 to 19 digits');
}

function flagIn(json: JsonObject, field: string): boolean {
  const value = json[field];
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw wrong(field, 'true or false');
}

function wrong(path: string, what: string) {
  return invalid(`$.${path}: must be ${what}`, path);
}
