import { isJsonObject, type Json, type JsonObject } from '#platforms/core';

/** Who sees a post, where it is not everybody. */
const AUDIENCE: Readonly<Record<string, string>> = {
  'only you': 'Seen by nobody but its creator',
  friends: 'Seen by friends alone',
  followers: 'Seen by followers alone',
  'whoever has the link': 'Seen by whoever has the link',
  inbox: 'In the inbox of its creator, who has yet to post it',
};

/** What a switch says that is on, or off. */
const SWITCHES: readonly (readonly [name: string, value: boolean, sentence: string])[] = [
  ['comments', false, 'No comments'],
  ['duet', false, 'No duets'],
  ['stitch', false, 'No stitches'],
  ['promotionalContent', true, 'Promotional content'],
  ['recommendedMusic', true, 'With recommended music'],
  ['madeForKids', true, 'Made for kids'],
  ['synthetic', true, 'Altered or synthetic content'],
  ['embeddable', false, 'Cannot be embedded'],
  ['notifySubscribers', false, 'Subscribers were not notified'],
];

/** https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#ActionType */
const BUTTONS: Readonly<Record<string, string>> = {
  BOOK: 'Book',
  ORDER: 'Order online',
  SHOP: 'Buy',
  LEARN_MORE: 'Learn more',
  SIGN_UP: 'Sign up',
  CALL: 'Call now',
};

/** What videos, and posts of places, tell beside what most posts tell: a sentence each. */
export function moreFacts(details: JsonObject): string[] {
  const { event, offer, playlists, tags } = details;
  return [
    AUDIENCE[textOf(details['audience'])],
    ...SWITCHES.map(([name, value, sentence]) => (details[name] === value ? sentence : undefined)),
    details['license'] === 'creativeCommon' ? 'Creative Commons (attribution)' : undefined,
    listed('Tags', tags),
    listed('In the playlist', playlists),
    isJsonObject(event) ? scheduleOf(event['schedule']) : undefined,
    ...(isJsonObject(offer) ? offerOf(offer) : []),
    labelled('Button', BUTTONS[textOf(details['button'])] ?? ''),
  ].filter((sentence) => sentence !== undefined);
}

/** The title of an event or an offer. */
export function titleOf({ event }: JsonObject): string | undefined {
  const title = isJsonObject(event) ? textOf(event['title']) : '';
  return title === '' ? undefined : title;
}

function offerOf(offer: JsonObject): (string | undefined)[] {
  return [
    labelled('Coupon', textOf(offer['couponCode'])),
    labelled('Redeemed at', textOf(offer['redeemOnlineUrl'])),
    labelled('Terms', textOf(offer['termsConditions'])),
  ];
}

/** `2026-12-31 18:00 to 2026-12-31 21:30`, as at the place. */
function scheduleOf(schedule: Json | undefined): string | undefined {
  if (!isJsonObject(schedule)) return undefined;
  const [from, to] = (['start', 'end'] as const).map((which) =>
    [dateOf(schedule[`${which}Date`]), timeOf(schedule[`${which}Time`])].filter(Boolean).join(' '),
  );
  return from && to ? `${from} to ${to}` : undefined;
}

/** https://developers.google.com/my-business/reference/rest/v4/Date */
function dateOf(date: Json | undefined): string {
  if (!isJsonObject(date)) return '';
  return [date['year'], date['month'], date['day']].map((part) => padded(part)).join('-');
}

/** What is nought is left out: https://developers.google.com/my-business/reference/rest/v4/TimeOfDay */
function timeOf(time: Json | undefined): string {
  if (!isJsonObject(time)) return '';
  return [time['hours'] ?? 0, time['minutes'] ?? 0].map((part) => padded(part)).join(':');
}

function padded(part: Json | undefined): string {
  return typeof part === 'number' ? String(part).padStart(2, '0') : '';
}

function listed(name: string, list: Json | undefined): string | undefined {
  const texts = Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  return texts.length === 0 ? undefined : `${name}: ${texts.join(', ')}`;
}

function labelled(name: string, value: string): string | undefined {
  return value === '' ? undefined : `${name}: ${value}`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
