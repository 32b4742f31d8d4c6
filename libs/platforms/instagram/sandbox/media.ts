import { type Json, type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { edge, graphAnswer, GraphRefusal, missingParameter, noSuchObject, project } from '#platforms/meta/sandbox';
import { actor } from './actors.js';
import { readComment } from './comments.js';
import { jsonParameter, readContainer, requireFinished, unknownContainer } from './containers.js';
import { PLACES, refusal } from './parameters.js';
import {
  type Account,
  type Container,
  type File,
  graphTime,
  type Media,
  newMediaId,
  type State,
  type Surface,
} from './state.js';

const QUOTA = { quota_total: 100, quota_duration: 86_400 };
const PAGE_SIZE = 10;

/** `POST /{account}/media_publish` */
export function publishContainer(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const { account } = actor(state, surface, request, request.params.id ?? '', 'publish');
  const given: Readonly<Record<string, string>> = { ...request.query, ...request.form };
  const id = given.creation_id;
  if (id === undefined) throw missingParameter('creation_id');
  const container = state.containers.get(id);
  if (!container || container.accountId !== account.id || container.isItem) throw unknownContainer(id);
  const trouble = state.trouble(account.id);
  if (trouble.restricted) throw refusal(25, 2207050, 'Restricted', 'The Instagram account is restricted.');
  requireFinished(state, container);
  if (state.publishedToday(account.id) >= QUOTA.quota_total) {
    const words = 'You reached maximum number of posts that is allowed to be published by Content Publishing API.';
    throw refusal(9, 2207042, 'Application request limit reached', words);
  }
  const media = mediaOf(state, account, container);
  state.media.set(media.id, media);
  show(state, account, media, container);
  if (trouble.suspected) {
    state.troubles.set(account.id, { ...trouble, suspected: false });
    const words = 'We restrict certain activity to protect our community. Tell us if you think we made a mistake.';
    throw refusal(4, 2207051, 'Action is blocked', words);
  }
  state.containers.set(id, { ...container, mediaId: media.id });
  return graphAnswer(200, project(mediaNode(state, media), given.fields ?? 'id', 'IGMedia'));
}

function mediaOf(state: State, account: Account, { kind, file, parameters }: Container): Media {
  const id = newMediaId();
  const shortcode = Buffer.from(id).toString('base64url').slice(-11);
  const product = kind === 'REELS' ? 'REELS' : kind === 'STORIES' ? 'STORY' : 'FEED';
  const isVideo = kind === 'REELS' || (file?.contentType.startsWith('video/') ?? false);
  const { username } = account;
  const path = { FEED: `p/${shortcode}`, REELS: `reel/${shortcode}`, STORY: `stories/${username}/${id}` }[product];
  return {
    id,
    accountId: account.id,
    username,
    type: kind === 'CAROUSEL' ? 'CAROUSEL_ALBUM' : isVideo ? 'VIDEO' : 'IMAGE',
    product,
    caption: (parameters.caption ?? '').replace(/\r\n?/g, '\n').trim(),
    shortcode,
    permalink: `${state.world.baseUrl}/instagramWww/${path}`,
    at: state.now(),
    isAiGenerated: parameters.is_ai_generated === 'true',
    ended: false,
  };
}

/** Makes it visible, with everything that people would see of it. */
function show(state: State, account: Account, media: Media, container: Container): void {
  const files =
    container.children.length === 0 ? [container] : container.children.map((id) => state.containers.get(id));
  state.world.show({
    platform: 'instagram',
    account: account.id,
    accountName: account.username,
    id: media.id,
    text: media.caption,
    media: files.flatMap((held) => (held?.file ? [shownFile(held.file)] : [])),
    at: new Date(media.at).toISOString(),
    permalink: media.permalink,
    details: detailsOf(
      container,
      files.flatMap((held) => held ?? []),
    ),
  });
}

function shownFile({ contentType, bytes, digest, altText }: File) {
  return { contentType, bytes, digest, ...(altText !== undefined && { altText }) };
}

const FORMATS: Readonly<Record<Container['kind'], string>> = {
  IMAGE: 'post',
  VIDEO: 'post',
  REELS: 'reel',
  STORIES: 'story',
  CAROUSEL: 'carousel',
};

function detailsOf(container: Container, files: readonly Container[]): JsonObject {
  const { kind, parameters } = container;
  const tags = files.flatMap((file, media) => {
    const people = jsonParameter(file, 'user_tags');
    return Array.isArray(people) ? people.map((person: JsonObject) => ({ ...person, media })) : [];
  });
  const trial = jsonParameter(container, 'trial_params') as JsonObject | undefined;
  const place = PLACES.find(({ id }) => id === parameters.location_id);
  const [first] = files.flatMap(({ file }) => file ?? []);
  const details: Record<string, Json | undefined> = {
    format: FORMATS[kind],
    collaborators: jsonParameter(container, 'collaborators') as Json | undefined,
    tags: tags.length > 0 ? tags : undefined,
    location: place?.name,
    cover: parameters.thumb_offset === undefined ? undefined : `${parameters.thumb_offset} ms`,
    audioName: parameters.audio_name,
    trial: trial?.graduation_strategy,
    shareToFeed: kind === 'REELS' ? parameters.share_to_feed !== 'false' : undefined,
    aiGenerated: parameters.is_ai_generated === 'true' || undefined,
    paidPartnership: parameters.is_paid_partnership === 'true' || undefined,
    // "Carousel images are all cropped based on the first image in the carousel."
    shape: kind === 'CAROUSEL' && first ? Math.round((100 * first.width) / first.height) / 100 : undefined,
  };
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `GET /{account}/content_publishing_limit` */
export function publishingLimit(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const { account } = actor(state, surface, request, request.params.id ?? '', 'publish');
  const node = { quota_usage: state.publishedToday(account.id), config: QUOTA };
  const fields = request.query.fields ?? 'quota_usage';
  return graphAnswer(200, { data: [project(node, fields, 'IGContentPublishingLimit')] });
}

/** `GET /{account}/media`, newest first, without stories. */
export function listMedia(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const since = Number(request.query.since ?? 0) * 1_000;
  return list(state, surface, request, (media) => media.product !== 'STORY' && media.at >= since);
}

/** `GET /{account}/stories`: those of the last 24 hours. */
export function listStories(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  return list(state, surface, request, (media) => media.product === 'STORY' && !media.ended);
}

function list(state: State, surface: Surface, request: SandboxRequest, fits: (media: Media) => boolean): SandboxAnswer {
  const { account, token } = actor(state, surface, request, request.params.id ?? '', 'basic');
  const found = state.media
    .entries()
    .flatMap(([, media]) => (media.accountId === account.id && fits(media) ? [media] : []));
  const nodes = found.reverse().map((media) => mediaNode(state, media));
  return graphAnswer(200, edge(nodes, request, token, { type: 'IGMedia', pageSize: PAGE_SIZE, defaultFields: 'id' }));
}

function mediaNode(state: State, media: Media) {
  const count = state.comments.entries().filter(([, { mediaId }]) => mediaId === media.id).length;
  return {
    id: media.id,
    caption: media.caption === '' ? null : media.caption,
    permalink: media.permalink,
    shortcode: media.shortcode,
    timestamp: graphTime(media.at),
    media_type: media.type,
    media_product_type: media.product,
    username: media.username,
    is_ai_generated: media.isAiGenerated,
    comments_count: count,
    like_count: 0,
  };
}

/** `GET /{id}`: a container, a post or a comment. */
export function readObject(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const other = readContainer(state, surface, request) ?? readComment(state, surface, request);
  if (other) return other;
  const media = state.media.get(id);
  if (!media || media.ended) throw noSuchObject('get', id);
  actor(state, surface, request, media.accountId, 'basic');
  return graphAnswer(200, project(mediaNode(state, media), request.query.fields ?? 'id', 'IGMedia'));
}

/**
 * `DELETE /{post}` through Facebook alone, and `DELETE /{comment}`.
 * https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting
 */
export function deleteObject(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer {
  const id = request.params.id ?? '';
  const comment = state.comments.get(id);
  const media = state.media.get(id);
  const object = comment ?? (media?.ended === false ? media : undefined);
  if (!object) throw noSuchObject('delete', id);
  actor(state, surface, request, object.accountId, comment ? 'comments' : 'contents');
  if (state.trouble(object.accountId).fatal) {
    throw new GraphRefusal({ code: -1, subcode: 2207085, message: 'Fatal', transient: false });
  }
  state.comments.delete(id);
  state.media.delete(id);
  state.world.hide(object.accountId, id);
  return graphAnswer(200, { success: true });
}

/** `GET /pages/search`: https://developers.facebook.com/docs/pages/searching */
export function searchPlaces(request: SandboxRequest): SandboxAnswer {
  const { q, fields = 'id,name' } = request.query;
  if (q === undefined) throw missingParameter('q');
  const found = PLACES.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
  const nodes = found.map(({ id, name, street, city, country, at }) => ({
    id,
    name,
    link: `https://www.facebook.com/${id}`,
    location: at ? { street, city, country, latitude: at[0] ?? 0, longitude: at[1] ?? 0 } : null,
  }));
  return graphAnswer(200, { data: nodes.map((node) => project(node, fields, 'Page')) });
}
