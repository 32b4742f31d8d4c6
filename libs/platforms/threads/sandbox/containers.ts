import { isJsonObject, parseJson, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  badParameter,
  graphAnswer,
  GraphRefusal,
  missingParameter,
  project,
  userCaller,
} from '#platforms/meta/sandbox';
import { fetchImage, fetchVideo } from './media.js';
import { PLACES } from './places.js';
import { textOf } from './text.js';
import { type Container, mediaNotFound, newThreadsId, requirePermission, type State } from './state.js';

type Given = Readonly<Record<string, string>>;

/** Text needs no work; a rehearsal of the rest is not to be boring. */
const PROCESSING_MS: Readonly<Record<Container['type'], number>> = {
  TEXT: 0,
  IMAGE: 2_000,
  VIDEO: 4_000,
  CAROUSEL: 1_000,
};
const LIFE_MS = 86_400_000;
const MAX_ALT = 1_000;
const REPLY_CONTROLS = [
  'everyone',
  'accounts_you_follow',
  'mentioned_only',
  'parent_post_author_only',
  'followers_only',
];

/** Parameters that this practice network knows; every other is refused. */
export const CONTAINER_PARAMETERS = [
  ...['media_type', 'text', 'image_url', 'video_url', 'is_carousel_item', 'children', 'reply_to_id', 'reply_control'],
  ...['alt_text', 'link_attachment', 'poll_attachment', 'topic_tag', 'is_spoiler_media', 'location_id'],
];

/**
 * `POST /{user}/threads`: makes a container.
 * https://developers.facebook.com/documentation/threads/reference/publishing
 */
export async function createContainer(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  const { grant } = userCaller(state, request, request.params.id ?? '');
  requirePermission(grant, 'threads_basic', 'threads_content_publish');
  const given: Given = { ...request.query, ...request.form };
  if (given.reply_to_id !== undefined) requirePermission(grant, 'threads_manage_replies');
  if (given.location_id !== undefined) requirePermission(grant, 'threads_location_tagging');
  const type = typeOf(given);
  const fetched = await filesOf(state, given, type);
  const container: Container = {
    id: newThreadsId(),
    userId: grant.userId,
    type,
    text: textOf(given, type === 'TEXT'),
    isItem: booleanOf(given, 'is_carousel_item'),
    madeAt: state.now(),
    readyAt: state.now() + PROCESSING_MS[type],
    children: type === 'CAROUSEL' ? childrenOf(state, given, grant.userId) : [],
    ...fetched,
    ...settingsOf(state, given, type),
  };
  if (container.isItem && type !== 'IMAGE' && type !== 'VIDEO') {
    throw badParameter('Only an image or a video can be a carousel item');
  }
  state.containers.set(container.id, container);
  return graphAnswer(200, { id: container.id });
}

/** What `status` says: https://developers.facebook.com/documentation/threads/troubleshooting */
export function statusOf(
  state: State,
  container: Container,
): 'EXPIRED' | 'ERROR' | 'FINISHED' | 'IN_PROGRESS' | 'PUBLISHED' {
  const now = state.now();
  if (container.publishedAs !== undefined) return 'PUBLISHED';
  if (now - container.madeAt >= LIFE_MS) return 'EXPIRED';
  if (now < container.readyAt) return 'IN_PROGRESS';
  return container.error === undefined ? 'FINISHED' : 'ERROR';
}

/** `GET /{container}`: an unpublished container has no other fields. */
export function readContainer(state: State, container: Container, fields: string | undefined): SandboxAnswer {
  const status = statusOf(state, container);
  const node = { id: container.id, status, error_message: status === 'ERROR' ? (container.error ?? 'UNKNOWN') : null };
  return graphAnswer(200, project(node, fields ?? 'id,status', 'ThreadsMediaContainer'));
}

function typeOf({ media_type: type }: Given): Container['type'] {
  if (type === undefined) throw missingParameter('media_type');
  if (type === 'TEXT' || type === 'IMAGE' || type === 'VIDEO' || type === 'CAROUSEL') return type;
  throw badParameter('Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}');
}

async function filesOf(
  state: State,
  given: Given,
  type: Container['type'],
): Promise<Pick<Container, 'file' | 'error'>> {
  const { image_url: image, video_url: video, alt_text: altText } = given;
  if (image !== undefined && type !== 'IMAGE') throw badParameter('image_url is for media_type IMAGE');
  if (video !== undefined && type !== 'VIDEO') throw badParameter('video_url is for media_type VIDEO');
  if (altText !== undefined && type !== 'IMAGE' && type !== 'VIDEO')
    throw badParameter('alt_text is for images and videos');
  if ((altText ?? '').length > MAX_ALT) throw badParameter('Param alt_text must be no longer than 1000 characters');
  if (type === 'IMAGE') {
    if (image === undefined) throw missingParameter('image_url');
    return fetchImage(state, image, altText);
  }
  if (type !== 'VIDEO') return {};
  if (video === undefined) throw missingParameter('video_url');
  return fetchVideo(state, video, altText);
}

/** https://developers.facebook.com/documentation/threads/posts#carousel-posts */
function childrenOf(state: State, { children }: Given, userId: string): string[] {
  if (children === undefined) throw missingParameter('children');
  const ids = children.split(',').map((id) => id.trim());
  if (ids.length < 2 || ids.length > 20) throw badParameter('A carousel must have 2 to 20 children');
  if (new Set(ids).size !== ids.length) throw badParameter('A carousel names a child twice');
  for (const id of ids) {
    const child = state.containers.get(id);
    if (!child || child.userId !== userId) throw mediaNotFound(id, 4_279_004);
    if (!child.isItem) throw badParameter(`The container ${id} was not made with is_carousel_item`);
    if (statusOf(state, child) !== 'FINISHED') throw mediaNotFound(id, 4_279_004);
  }
  return ids;
}

type Settings = Pick<Container, 'link' | 'replyTo' | 'replyControl' | 'topic' | 'locationId' | 'poll' | 'isSpoiler'>;

function settingsOf(state: State, given: Given, type: Container['type']): Settings {
  const { link_attachment: link, reply_to_id: replyTo, reply_control: replyControl } = given;
  const { topic_tag: topic, location_id: locationId, poll_attachment: poll } = given;
  if (link !== undefined && type !== 'TEXT') throw badParameter('link_attachment is for media_type TEXT');
  if (link !== undefined && !/^https?:\/\/[^\s/]+\.[^\s/]+/i.test(link)) {
    throw new GraphRefusal({
      code: -1,
      subcode: 4_279_047,
      message: 'Fatal',
      user: { title: 'Invalid Link Attachment', message: link },
    });
  }
  if (replyTo !== undefined && !state.posts.get(replyTo)) throw mediaNotFound(replyTo);
  if (replyControl !== undefined && !REPLY_CONTROLS.includes(replyControl)) {
    throw badParameter(`Param reply_control must be one of {${REPLY_CONTROLS.join(', ')}}`);
  }
  if (topic !== undefined && (topic.length < 1 || topic.length > 50 || /[.&]/.test(topic))) {
    throw badParameter('Param topic_tag must have 1 to 50 characters without periods and ampersands');
  }
  if (locationId !== undefined && !PLACES.some(({ id }) => String(id) === locationId)) {
    throw badParameter(`Invalid location_id ${locationId}`);
  }
  if (poll !== undefined && type !== 'TEXT') throw badParameter('poll_attachment is for media_type TEXT');
  const isSpoiler = booleanOf(given, 'is_spoiler_media');
  if (isSpoiler && type === 'TEXT') throw badParameter('is_spoiler_media is for IMAGE, VIDEO and CAROUSEL');
  return {
    ...(link !== undefined && { link }),
    ...(replyTo !== undefined && { replyTo }),
    ...(replyControl !== undefined && { replyControl }),
    ...(topic !== undefined && { topic }),
    ...(locationId !== undefined && { locationId }),
    ...(poll !== undefined && { poll: optionsOf(poll) }),
    ...(isSpoiler && { isSpoiler }),
  };
}

const OPTIONS = ['option_a', 'option_b', 'option_c', 'option_d'];

/** https://developers.facebook.com/documentation/threads/create-posts/polls */
function optionsOf(text: string): string[] {
  const poll = parseJson(text);
  if (!isJsonObject(poll)) throw badParameter('Param poll_attachment must be an object.');
  const unknown = Object.keys(poll).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw badParameter(`poll_attachment has no field ${unknown}`);
  const options = OPTIONS.filter((name) => poll[name] !== undefined).map((name) => poll[name]);
  if (options.length < 2 || poll.option_a === undefined || poll.option_b === undefined) {
    throw badParameter('A poll must have at least 2 options');
  }
  if (!options.every((option) => typeof option === 'string' && option.length >= 1 && option.length <= 25)) {
    throw badParameter('Each option of a poll must be between 1 and 25 characters long');
  }
  return options as string[];
}

function booleanOf(given: Given, name: string): boolean {
  const value = given[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw badParameter(`Param ${name} must be a boolean`);
}
