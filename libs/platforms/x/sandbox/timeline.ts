import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { invalid } from './answers.js';
import { keyOf, strangers } from './media.js';
import { type Link, type Person, type Post, type State } from './state.js';
import { listOf } from './users.js';

const PARAMETERS = [
  ...['max_results', 'pagination_token', 'start_time', 'end_time', 'since_id', 'until_id', 'exclude', 'expansions'],
  ...['post.fields', 'user.fields', 'media.fields', 'poll.fields', 'place.fields'],
];
const POST_FIELDS = [
  ...['article', 'article_title', 'attachments', 'card_uri', 'community_id', 'context_annotations', 'conversation_id'],
  ...['created_at', 'display_text_range', 'edit_controls', 'entities', 'geo', 'id', 'lang', 'matched_media_notes'],
  ...['media_metadata', 'non_public_metrics', 'note_post', 'note_request_suggestions', 'organic_metrics'],
  ...['paid_partnership', 'possibly_sensitive', 'promoted_metrics', 'public_metrics', 'reply_settings', 'scopes'],
  ...['source', 'suggested_source_links', 'suggested_source_links_with_counts', 'text', 'withheld'],
];
const EXPANSIONS = [
  ...['article.cover_media', 'article.media_entities', 'attachments.media_keys', 'attachments.media_source_tweet'],
  ...['attachments.poll_ids', 'author_id', 'edit_history_post_ids', 'entities.mentions.username', 'geo.place_id'],
  ...['in_reply_to_user_id', 'referenced_posts', 'username'],
];
const DEFAULT_RESULTS = 10;
const SHORT_TEXT = 280;

/** `GET /2/users/{id}/tweets`: newest first, the last edit of each. https://docs.x.com/x-api/users/get-posts */
export function listPosts(state: State, _caller: Person, { params, query }: SandboxRequest): SandboxAnswer {
  strangers(query, PARAMETERS, 'query');
  const fields = new Set(listOf(query['post.fields'], POST_FIELDS, 'post.fields'));
  const expansions = new Set(listOf(query.expansions, EXPANSIONS, 'expansions'));
  const excluded = listOf(query.exclude, ['replies', 'retweets'], 'exclude');
  const size = sizeOf(query.max_results);
  const all = state.posts
    .entries()
    .map(([, post]) => post)
    .filter(({ userId, replaced }) => userId === params.id && replaced !== true)
    .filter(({ replyTo }) => replyTo === undefined || !excluded.includes('replies'))
    .filter(within(query))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
  const from = offsetOf(query.pagination_token);
  const page = all.slice(from, from + size);
  const next = from + size < all.length ? `7140dibdnow9c7btw${from + size}` : undefined;
  const [newest] = page;
  const oldest = page.at(-1);
  const parents = expansions.has('referenced_posts') ? parentsOf(state, page) : [];
  const body: JsonObject = {
    meta: {
      result_count: page.length,
      ...(newest && oldest && { newest_id: newest.id, oldest_id: oldest.id }),
      ...(next !== undefined && { next_token: next }),
    },
  };
  if (page.length > 0) body.data = page.map((post) => nodeOf(state, post, fields, expansions));
  if (parents.length > 0) body.includes = { posts: parents.map((post) => nodeOf(state, post, fields, new Set())) };
  return { status: 200, body };
}

function within({
  start_time: start,
  end_time: end,
  since_id: since,
  until_id: until,
}: Readonly<Record<string, string>>) {
  const [from, to] = [timeOf(start, 'start_time') ?? -Infinity, timeOf(end, 'end_time') ?? Infinity];
  return ({ id, at }: Post): boolean =>
    // Times are cut off to seconds: https://docs.x.com/x-api/posts/timelines/integrate
    Math.floor(Date.parse(at) / 1000) * 1000 >= from &&
    Date.parse(at) < to &&
    (since === undefined || BigInt(id) > BigInt(since)) &&
    (until === undefined || BigInt(id) < BigInt(until));
}

function timeOf(value: string | undefined, parameter: string): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value)) {
    throw invalid(`The \`${parameter}\` query parameter value [${value}] is not a valid RFC3339 date time`, parameter);
  }
  return Date.parse(value);
}

function sizeOf(value: string | undefined): number {
  if (value === undefined) return DEFAULT_RESULTS;
  const size = Number(value);
  if (Number.isInteger(size) && size >= 5 && size <= 100) return size;
  throw invalid(`The \`max_results\` query parameter value [${value}] is not between 5 and 100`, 'max_results');
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, offset] = /^7140dibdnow9c7btw(\d+)$/.exec(token) ?? [];
  if (offset === undefined) throw invalid('The pagination_token is not known', 'pagination_token');
  return Number(offset);
}

function parentsOf(state: State, posts: readonly Post[]): Post[] {
  const ids = new Set(posts.flatMap(({ replyTo, quotes }) => [replyTo, quotes]).filter((id) => id !== undefined));
  return [...ids].flatMap((id) => state.posts.get(id) ?? []);
}

function nodeOf(state: State, post: Post, fields: ReadonlySet<string>, expansions: ReadonlySet<string>): JsonObject {
  const { id, stored, history, media, poll, at, root } = post;
  const isLong = [...stored].length > SHORT_TEXT;
  const shown = isLong ? `${[...stored].slice(0, SHORT_TEXT - 25).join('')}… https://t.co/${id.slice(-10)}` : stored;
  const node: JsonObject = { id, text: shown, edit_history_post_ids: history };
  const entities = { urls: post.links.map(urlOf) };
  const optional: Readonly<Record<string, JsonObject | string | boolean | undefined>> = {
    created_at: at,
    conversation_id: root,
    reply_settings: post.replySettings ?? 'everyone',
    paid_partnership: post.paidPartnership ?? false,
    entities: post.links.length > 0 && !isLong ? entities : undefined,
    note_post: isLong ? { text: stored, ...(post.links.length > 0 && { entities }) } : undefined,
    attachments: attachmentsOf(state, media, poll !== undefined ? id : undefined),
  };
  for (const [name, value] of Object.entries(optional)) if (value !== undefined && fields.has(name)) node[name] = value;
  if (expansions.has('referenced_posts')) {
    const references = [
      ...(post.replyTo === undefined ? [] : [{ type: 'replied_to', id: post.replyTo }]),
      ...(post.quotes === undefined ? [] : [{ type: 'quoted', id: post.quotes }]),
    ];
    if (references.length > 0) node.referenced_posts = references;
  }
  if (expansions.has('author_id')) node.author_id = post.userId;
  return node;
}

function attachmentsOf(state: State, media: readonly string[], poll: string | undefined): JsonObject | undefined {
  if (poll !== undefined) return { poll_ids: [poll] };
  const keys = media.flatMap((id) => state.media.get(id) ?? []).map(keyOf);
  return keys.length > 0 ? { media_keys: keys } : undefined;
}

function urlOf({ start, end, short, expanded }: Link): JsonObject {
  const shown = expanded.replace(/^https?:\/\/(www\.)?/, '');
  return {
    start,
    end,
    url: short,
    expanded_url: expanded,
    display_url: shown.length > 27 ? `${shown.slice(0, 26)}…` : shown,
  };
}
