import { type JsonObject, lookedUpOf, type SegmentDraft, sentText, textsOf } from '#platforms/core';
import { manifest } from './manifest.js';

/** What a post is, as `media_type` of a container names it. */
export type ContainerType = 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL';

/** What a post with these files is. One file stands alone, several make a carousel. */
export function containerType({ media }: Pick<SegmentDraft, 'media'>): ContainerType {
  const [first, ...more] = media;
  if (!first) return 'TEXT';
  if (more.length > 0) return 'CAROUSEL';
  return first.kind === 'video' ? 'VIDEO' : 'IMAGE';
}

/**
 * The text as it is sent: with the link in it where the link has no field. Settings count for the first post of a chain alone,
 * so a poll there takes no field away from a reply.
 */
export function sentTextOf(draft: SegmentDraft): string {
  const settings = draft.kind === 'post' ? draft.settings : {};
  return sentText({ ...draft, settings }, manifest.limits.text);
}

/** The topic without the hash that people write before it; undefined where there is none. */
export function topicTagOf({ topicTag }: JsonObject): string | undefined {
  const topic = typeof topicTag === 'string' ? topicTag.trim().replace(/^#/, '') : '';
  return topic === '' ? undefined : topic;
}

/**
 * Parameters of a container, without those of its files. Pure.
 * https://developers.facebook.com/documentation/threads/reference/publishing
 */
export function containerFields(draft: SegmentDraft): Record<string, string> {
  const type = containerType(draft);
  const text = sentTextOf(draft);
  const link = attachedLink(draft, text);
  return {
    media_type: type,
    ...(text.trim() !== '' && { text }),
    ...(link !== undefined && { link_attachment: link }),
    ...(draft.replyTo && { reply_to_id: draft.replyTo.parent.id }),
    ...(draft.kind === 'post' && settingFields(draft, type)),
  };
}

/** Parameters of one file. `alone` = it is the post; else it is an item of a carousel, whose own fields say the rest. */
export function fileFields(
  { kind, altText }: SegmentDraft['media'][number],
  address: string,
  alone: boolean,
): Record<string, string> {
  return {
    ...(!alone && { media_type: kind === 'video' ? 'VIDEO' : 'IMAGE', is_carousel_item: 'true' }),
    ...(kind === 'video' ? { video_url: address } : { image_url: address }),
    ...(altText && { alt_text: altText }),
  };
}

/** The link's own field, which makes the card below a post of text alone; `text` is what is sent. */
function attachedLink(draft: SegmentDraft, text: string): string | undefined {
  const { link, media, settings } = draft;
  const hasPoll = draft.kind === 'post' && settings.withPoll === true;
  // Where it was put into the text, Threads makes the card of that.
  if (link === undefined || link === '' || media.length > 0 || hasPoll || text !== draft.text) return undefined;
  return link;
}

function settingFields({ settings }: SegmentDraft, type: ContainerType): Record<string, string> {
  const topic = topicTagOf(settings);
  const location = lookedUpOf(settings, 'location');
  const { replyControl, spoiler, withPoll } = settings;
  return {
    ...(typeof replyControl === 'string' && replyControl !== '' && { reply_control: replyControl }),
    ...(topic !== undefined && { topic_tag: topic }),
    ...(location && { location_id: location.value }),
    ...(withPoll === true && { poll_attachment: JSON.stringify(pollOf(settings)) }),
    ...(spoiler === true && withPoll !== true && type !== 'TEXT' && { is_spoiler_media: 'true' }),
  };
}

const OPTION_NAMES = ['option_a', 'option_b', 'option_c', 'option_d'];

/** https://developers.facebook.com/documentation/threads/create-posts/polls */
function pollOf(settings: JsonObject): Record<string, string> {
  const options = textsOf(settings, 'pollOptions').map((option) => option.trim());
  return Object.fromEntries(OPTION_NAMES.flatMap((name, index) => (options[index] ? [[name, options[index]]] : [])));
}
