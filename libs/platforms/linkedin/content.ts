import {
  encodeLittleText,
  formatOf,
  type JsonObject,
  type SegmentDraft,
  sentText,
  textsOf,
  textWithLink,
} from '#platforms/core';
import { isOrganization } from './api.js';
import { ARTICLE, DEFAULT_DURATION, DOCUMENT, formats, LINK_SEPARATOR, POLL, POST } from './formats.js';

/** The kind of post that a draft is. */
export function formatIdOf({ settings }: Pick<SegmentDraft, 'settings'>): string {
  return formatOf({ formats }, settings)?.id ?? POST;
}

/** The text as it is sent, before it is encoded: with the link in it where the link has no card. */
export function textOf(draft: SegmentDraft): string {
  if (draft.kind !== 'post') return textWithLink(draft.text, draft.link, LINK_SEPARATOR);
  const limit = (formatOf({ formats }, draft.settings) ?? formats[0])?.limits.text;
  return limit ? sentText(draft, limit) : draft.text;
}

/** A text of the settings without blanks around it; undefined where there is none. */
export function settingOf({ settings }: Pick<SegmentDraft, 'settings'>, name: string): string | undefined {
  const value = settings[name];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** The title of a document: what was entered, or its file's name. */
export function documentTitleOf(draft: SegmentDraft): string {
  return settingOf(draft, 'documentTitle') ?? draft.media[0]?.filename ?? 'Document';
}

/**
 * The body of the request that publishes. `assets` are the URNs of the files, in their order. Pure.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
 */
export function postBody(draft: SegmentDraft, author: string, assets: readonly string[]): JsonObject {
  const content = contentOf(draft, assets);
  // Posts of organizations are for everybody.
  const visibility = isOrganization(author) ? 'PUBLIC' : (settingOf(draft, 'visibility') ?? 'PUBLIC');
  return {
    author,
    commentary: encodeLittleText(textOf(draft)),
    visibility,
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(content && { content }),
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: draft.settings.reshareDisabled === true,
  };
}

function contentOf(draft: SegmentDraft, assets: readonly string[]): JsonObject | undefined {
  switch (formatIdOf(draft)) {
    case ARTICLE:
      return { article: articleOf(draft, assets[0]) };
    case DOCUMENT:
      return assets[0] === undefined ? undefined : { media: { id: assets[0], title: documentTitleOf(draft) } };
    case POLL:
      return { poll: pollOf(draft) };
    default:
      return mediaOf(draft, assets);
  }
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/articles-ads-api */
function articleOf(draft: SegmentDraft, thumbnail: string | undefined): JsonObject {
  const description = settingOf(draft, 'articleDescription');
  return {
    source: draft.link ?? '',
    title: settingOf(draft, 'articleTitle') ?? '',
    ...(description !== undefined && { description }),
    ...(thumbnail !== undefined && { thumbnail, ...altTextOf(draft.media[0]?.altText, 'thumbnailAltText') }),
  };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
function pollOf(draft: SegmentDraft): JsonObject {
  return {
    question: settingOf(draft, 'pollQuestion') ?? '',
    options: pollOptionsOf(draft).map((text) => ({ text })),
    settings: { duration: settingOf(draft, 'pollDuration') ?? DEFAULT_DURATION },
  };
}

/** The answers of a poll, without blanks around them. */
export function pollOptionsOf({ settings }: Pick<SegmentDraft, 'settings'>): string[] {
  return textsOf(settings, 'pollOptions').map((option) => option.trim());
}

/** One image or video, or several images. */
function mediaOf({ media }: SegmentDraft, assets: readonly string[]): JsonObject | undefined {
  const [id] = assets;
  if (id === undefined) return undefined;
  if (assets.length === 1) {
    const [file] = media;
    return { media: { id, ...(file?.kind === 'image' && altTextOf(file.altText, 'altText')) } };
  }
  const images = assets.map((urn, index) => ({ id: urn, ...altTextOf(media[index]?.altText, 'altText') }));
  return { multiImage: { images } };
}

function altTextOf(text: string | undefined, name: string): JsonObject {
  return text ? { [name]: text } : {};
}
