import { type JsonObject, type SegmentDraft, textsOf, weightedLinksIn } from '#platforms/core';
import { type PriceId } from './prices.js';
import { EVERYONE, POLL } from './settings.js';
import { sentTextOf } from './text.js';

const DEFAULT_MINUTES = 1_440;
/** `https://x.com/{name}/status/{id}`, also as it was called before, and without a name. */
const POST_URL = /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/(?:\w+|i\/web)\/status\/(\d{1,19})(?:[/?#].*)?$/i;

/** The id of a post by its address; undefined where it is none. */
export function postIdOf(url: string): string | undefined {
  return POST_URL.exec(url.trim())?.[1];
}

/** The post that is quoted, by its id. Only the first post of a thread quotes. */
export function quotedIdOf({ kind, settings }: SegmentDraft): string | undefined {
  const { quoteUrl } = settings;
  return kind === 'post' && typeof quoteUrl === 'string' ? postIdOf(quoteUrl) : undefined;
}

/** The answers of the poll, without blanks around them; empty where there is no poll. */
export function pollOptionsOf({ kind, settings }: SegmentDraft): string[] {
  if (kind !== 'post' || settings.withPoll !== true) return [];
  return textsOf(settings, 'pollOptions').map((option) => option.trim());
}

/** How long the poll runs, in minutes. */
export function pollMinutesOf({ settings: { pollMinutes } }: SegmentDraft): number {
  return typeof pollMinutes === 'number' ? pollMinutes : DEFAULT_MINUTES;
}

/**
 * The body of `POST /2/tweets`. Disclosures go with every part of a thread, the rest with its first.
 * https://docs.x.com/x-api/posts/create-post
 */
export function bodyOf(draft: SegmentDraft, mediaIds: readonly string[]): JsonObject {
  const { kind, settings, replyTo } = draft;
  const options = pollOptionsOf(draft);
  const quoted = quotedIdOf(draft);
  const { replySettings, madeWithAi, paidPartnership } = settings;
  return {
    text: sentTextOf(draft),
    ...(mediaIds.length > 0 && { media: { media_ids: [...mediaIds] } }),
    ...(options.length >= POLL.minOptions && { poll: { options, duration_minutes: pollMinutesOf(draft) } }),
    ...(quoted !== undefined && { quote_tweet_id: quoted }),
    ...(replyTo && { reply: { in_reply_to_tweet_id: replyTo.parent.id } }),
    ...(kind === 'post' &&
      typeof replySettings === 'string' &&
      replySettings !== '' &&
      replySettings !== EVERYONE && { reply_settings: replySettings }),
    ...(madeWithAi === true && { made_with_ai: true }),
    ...(paidPartnership === true && { paid_partnership: true }),
  };
}

/** What X charges for a post with this text: what its own library takes for a link decides. */
export function postPriceOf(text: string): PriceId {
  return weightedLinksIn(text).length > 0 ? 'post-with-link' : 'post';
}
