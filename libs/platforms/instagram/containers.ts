import {
  formatOf,
  type JsonObject,
  lookedUpOf,
  type Mark,
  marksOf,
  type SegmentDraft,
  type DraftMedia,
  textsOf,
} from '#platforms/core';
import { manifest } from './manifest.js';
import { GRADUATIONS } from './settings.js';

/** What a container is asked to be, without the address of its file. */
export interface ContainerPlan {
  parameters: Readonly<Record<string, string>>;
  /** Which file of the post it holds; absent where it holds other containers. */
  file?: number;
}

/** A post as the containers that it takes: one, or one for each file of a carousel and one around them. */
export interface PostPlan {
  items: readonly ContainerPlan[];
  /** Of a carousel: the container around the items. */
  around?: ContainerPlan;
  /** Where the post is looked for when its outcome is unknown. */
  edge: 'media' | 'stories';
}

/**
 * What a draft becomes. A single video of an ordinary post becomes a reel, as Instagram makes one of every such video.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export function planPost(draft: SegmentDraft): PostPlan {
  const format = formatOf(manifest, draft.settings)?.id;
  const [first] = draft.media;
  if (!first) throw new Error('A post on Instagram holds at least one file.');
  if (format === 'story') return { items: [story(draft)], edge: 'stories' };
  if (format === 'reel') return { items: [reel(draft, first, true)], edge: 'media' };
  if (draft.media.length > 1) return carousel(draft);
  return { items: [first.kind === 'video' ? reel(draft, first, false) : image(draft, first)], edge: 'media' };
}

function image(draft: SegmentDraft, file: DraftMedia): ContainerPlan {
  return {
    file: 0,
    parameters: {
      ...captioned(draft),
      ...described(file),
      ...tags(marksOf(draft.settings, 'userTags'), 0),
      ...shared(draft),
      ...labels(draft.settings),
    },
  };
}

function carousel(draft: SegmentDraft): PostPlan {
  const marks = marksOf(draft.settings, 'userTags');
  const items = draft.media.map((media, file): ContainerPlan => {
    const parameters = media.kind === 'video' ? { media_type: 'VIDEO' } : { ...described(media), ...tags(marks, file) };
    return { file, parameters: { is_carousel_item: 'true', ...parameters } };
  });
  // Caption, place and labels belong to the whole: on an item they are refused.
  const parameters = {
    media_type: 'CAROUSEL',
    ...captioned(draft),
    ...shared(draft),
    ...labels(draft.settings),
  };
  return { items, around: { parameters }, edge: 'media' };
}

/** @param chosen whether the format was chosen, and with it the settings that only reels have */
function reel(draft: SegmentDraft, { coverAtMs }: DraftMedia, chosen: boolean): ContainerPlan {
  const { settings } = draft;
  return {
    file: 0,
    parameters: {
      media_type: 'REELS',
      ...captioned(draft),
      ...shared(draft),
      ...labels(settings),
      ...(coverAtMs !== undefined && { thumb_offset: String(coverAtMs) }),
      share_to_feed: String(!chosen || settings.shareToFeed !== false),
      ...(chosen && reelExtras(settings)),
    },
  };
}

function reelExtras(settings: JsonObject): Record<string, string> {
  const people = textsOf(settings, 'taggedAccounts').map((name) => ({ username: plainName(name) }));
  const { audioName, trial } = settings;
  const graduation = GRADUATIONS.find((known) => known === trial);
  return {
    ...(people.length > 0 && { user_tags: JSON.stringify(people) }),
    ...(typeof audioName === 'string' && audioName.trim() !== '' && { audio_name: audioName.trim() }),
    ...(graduation && { trial_params: JSON.stringify({ graduation_strategy: graduation }) }),
  };
}

function story({ settings }: SegmentDraft): ContainerPlan {
  const parameters = {
    media_type: 'STORIES',
    ...tags(marksOf(settings, 'userTags'), 0),
    ...(settings.aiGenerated === true && { is_ai_generated: 'true' }),
  };
  return { file: 0, parameters };
}

/** Text and what Instagram calls by it, as it keeps it. */
function captioned({ text }: SegmentDraft): Record<string, string> {
  return text.trim() === '' ? {} : { caption: text };
}

function described({ kind, altText }: DraftMedia): Record<string, string> {
  return kind === 'image' && altText ? { alt_text: altText } : {};
}

function shared({ settings }: SegmentDraft): Record<string, string> {
  const collaborators = textsOf(settings, 'collaborators').map(plainName);
  const place = lookedUpOf(settings, 'location');
  return {
    ...(collaborators.length > 0 && { collaborators: JSON.stringify(collaborators) }),
    ...(place && { location_id: place.value }),
  };
}

function labels({ aiGenerated, paidPartnership }: JsonObject): Record<string, string> {
  return {
    ...(aiGenerated === true && { is_ai_generated: 'true' }),
    ...(paidPartnership === true && { is_paid_partnership: 'true' }),
  };
}

function tags(marks: readonly Mark[], file: number): Record<string, string> {
  const own = marks
    .filter(({ media }) => media === file)
    .map(({ text, x, y }) => ({ username: plainName(text), x, y }));
  return own.length === 0 ? {} : { user_tags: JSON.stringify(own) };
}

/** A name without the sign that people put before it. */
function plainName(name: string): string {
  return name.replace(/^@/, '');
}
