import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { refuseUnknown, requireAsset } from './assets.js';
import { badField } from './rest.js';
import { type Asset, type State } from './state.js';

const MAX_COMMENTARY = 3_000;
const MAX_TITLE = 400;
const MAX_LONG_TEXT = 4_086;
const FIELDS = [
  ...['author', 'commentary', 'visibility', 'distribution', 'content', 'lifecycleState', 'isReshareDisabledByAuthor'],
];
const DURATIONS = ['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS'];

/** What a post shows beside its text, as the feed and tests are told it. */
export interface Shown {
  media: { asset: Asset; altText?: string }[];
  link?: string;
  details: JsonObject;
}

/**
 * Checks the body of a post, and says what it shows.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#post-schema
 */
export function readBody(state: State, body: JsonObject, author: string): Shown {
  refuseUnknown(body, FIELDS, '');
  checkCommentary(body.commentary);
  const audiences = author.startsWith('urn:li:person:')
    ? ['PUBLIC', 'CONNECTIONS', 'LOGGED_IN']
    : ['PUBLIC', 'LOGGED_IN'];
  const visibility = oneOf(body.visibility, audiences, 'visibility');
  checkDistribution(body.distribution);
  oneOf(body.lifecycleState, ['PUBLISHED'], 'lifecycleState');
  if (typeof body.isReshareDisabledByAuthor !== 'boolean') throw missing('isReshareDisabledByAuthor');
  const shown = contentOf(state, body.content, author);
  const isEmpty = body.content === undefined && body.commentary === '';
  if (isEmpty) throw badField('commentary', 'FIELD_LENGTH_TOO_SHORT', 'a post must say or show something');
  return {
    ...shown,
    details: {
      ...shown.details,
      visibility,
      ...(body.isReshareDisabledByAuthor && { reshareDisabled: true }),
    },
  };
}

/** The text as it is written, with the signs that are escaped: that is what the field holds. */
export function checkCommentary(commentary: Json | undefined): string {
  if (typeof commentary !== 'string') throw missing('commentary');
  return limited(commentary, MAX_COMMENTARY, 'commentary');
}

function checkDistribution(distribution: Json | undefined): void {
  if (!isJsonObject(distribution)) throw missing('distribution');
  refuseUnknown(distribution, ['feedDistribution', 'targetEntities', 'thirdPartyDistributionChannels'], 'distribution');
  oneOf(distribution.feedDistribution, ['MAIN_FEED', 'NONE'], 'distribution/feedDistribution');
}

function contentOf(state: State, content: Json | undefined, author: string): Shown {
  if (content === undefined) return { media: [], details: { format: 'post' } };
  if (!isJsonObject(content)) throw missing('content');
  refuseUnknown(content, ['media', 'multiImage', 'article', 'poll'], 'content');
  const { media, multiImage, article, poll } = content;
  if (Object.keys(content).length !== 1)
    throw badField('content', 'FIELD_VALUE_INVALID', 'exactly one kind of content');
  if (isJsonObject(media)) return mediaOf(state, media, author);
  if (isJsonObject(multiImage)) return imagesOf(state, multiImage, author);
  if (isJsonObject(article)) return articleOf(state, article, author);
  if (isJsonObject(poll)) return pollOf(poll);
  throw badField('content', 'FIELD_VALUE_INVALID', 'the content is no object');
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#single-post-creation-sample-request */
function mediaOf(state: State, media: JsonObject, author: string): Shown {
  refuseUnknown(media, ['id', 'title', 'altText'], 'content/media');
  const asset = requireAsset(state, media.id, author, ['image', 'video', 'document'], 'content/media/id');
  const title = optional(media.title, MAX_TITLE, 'content/media/title');
  const altText = optional(media.altText, MAX_LONG_TEXT, 'content/media/altText');
  if (altText !== undefined && asset.kind !== 'image')
    throw badField('content/media/altText', 'FIELD_INVALID', 'only of images');
  if (asset.kind === 'document' && title === undefined) throw missing('content/media/title');
  const format = asset.kind === 'image' ? 'post' : asset.kind;
  const details = {
    format,
    ...(title !== undefined && { title }),
    ...(asset.cover !== undefined && { cover: asset.cover }),
  };
  return { media: [{ asset, ...(altText !== undefined && { altText }) }], details };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api */
function imagesOf(state: State, multiImage: JsonObject, author: string): Shown {
  refuseUnknown(multiImage, ['images'], 'content/multiImage');
  const { images } = multiImage;
  if (!Array.isArray(images) || images.length < 2 || images.length > 20) {
    throw badField('content/multiImage/images', 'FIELD_VALUE_INVALID', 'there must be 2 to 20 images');
  }
  const media = images.map((image, index) => {
    const field = `content/multiImage/images/${index}`;
    if (!isJsonObject(image)) throw missing(field);
    refuseUnknown(image, ['id', 'altText'], field);
    const altText = optional(image.altText, MAX_LONG_TEXT, `${field}/altText`);
    return {
      asset: requireAsset(state, image.id, author, ['image'], `${field}/id`),
      ...(altText !== undefined && { altText }),
    };
  });
  return { media, details: { format: 'post' } };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#article-content */
function articleOf(state: State, article: JsonObject, author: string): Shown {
  refuseUnknown(article, ['source', 'title', 'description', 'thumbnail', 'thumbnailAltText'], 'content/article');
  const { source, thumbnail } = article;
  if (typeof source !== 'string' || !/^https?:\/\/\S+$/i.test(source) || !URL.canParse(source)) {
    throw badField('content/article/source', 'FIELD_INVALID', 'the source is no web address');
  }
  const title = optional(article.title, MAX_TITLE, 'content/article/title');
  if (title === undefined) throw missing('content/article/title');
  const description = optional(article.description, MAX_LONG_TEXT, 'content/article/description');
  const altText = optional(article.thumbnailAltText, MAX_LONG_TEXT, 'content/article/thumbnailAltText');
  const asset =
    thumbnail === undefined
      ? undefined
      : requireAsset(state, thumbnail, author, ['image'], 'content/article/thumbnail');
  return {
    media: asset ? [{ asset, ...(altText !== undefined && { altText }) }] : [],
    link: source,
    details: { format: 'article', title, ...(description !== undefined && { description }) },
  };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
function pollOf(poll: JsonObject): Shown {
  refuseUnknown(poll, ['question', 'options', 'settings'], 'content/poll');
  const question = optional(poll.question, 140, 'content/poll/question');
  if (question === undefined) throw missing('content/poll/question');
  const { options, settings } = poll;
  if (!Array.isArray(options) || options.length < 2 || options.length > 4) {
    throw badField('content/poll/options', 'FIELD_VALUE_INVALID', 'there must be 2 to 4 options');
  }
  const texts = options.map((option, index) => {
    const field = `content/poll/options/${index}/text`;
    const text = isJsonObject(option) ? optional(option.text, 30, field) : undefined;
    if (text === undefined) throw missing(field);
    return text;
  });
  if (!isJsonObject(settings)) throw missing('content/poll/settings');
  refuseUnknown(settings, ['duration', 'voteSelectionType', 'isVoterVisibleToAuthor'], 'content/poll/settings');
  const duration = oneOf(settings.duration, DURATIONS, 'content/poll/settings/duration');
  return { media: [], details: { format: 'poll', title: question, poll: texts, pollDuration: duration } };
}

function oneOf(value: Json | undefined, known: readonly string[], field: string): string {
  if (value === undefined) throw missing(field);
  if (typeof value === 'string' && known.includes(value)) return value;
  throw badField(field, 'FIELD_VALUE_INVALID', `it must be one of ${known.join(', ')}`);
}

function optional(value: Json | undefined, max: number, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw badField(field, 'FIELD_INVALID', 'it must be a text');
  return value === '' ? undefined : limited(value, max, field);
}

function limited(text: string, max: number, field: string): string {
  if (text.length <= max) return text;
  throw badField(
    field,
    'FIELD_LENGTH_TOO_LONG',
    `FIELD_LENGTH_TOO_LONG: ${text.length} characters, ${max} are allowed`,
  );
}

function missing(field: string) {
  return badField(field, 'MISSING_FIELD', 'field is required but not found and has no default value');
}
