import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformHttpError,
  stringField,
} from '#platforms/core';
import { accountOf, callX } from './api.js';
import { type StoredLink, storedLinks } from './compare.js';
import { costOf } from './prices.js';

/** The fewest that X gives at a time: each costs money. https://docs.x.com/x-api/users/get-posts */
const PAGE_SIZE = '5';
/** No account publishes so much between a request and the look for it. */
const MOST_PAGES = 10;
const READ = 'read the newest posts of the account';
/** An original text longer than this stands in a field of its own. */
const SHORT_TEXT = 280;

/** A post, read back. */
export interface ReadPost {
  id: string;
  /** As X stores it. */
  text: string;
  links: StoredLink[];
  createdAt: Date;
  mediaCount: number;
  /** Only the beginning of the text was told. */
  isCut: boolean;
  conversation?: string;
  parent?: string;
}

/** What is asked for. */
export interface Asked {
  since: Date;
  replies: boolean;
  long: boolean;
}

/**
 * The posts of the account since then. Every object of an answer is charged, so that a parent is asked for only where it tells
 * a reply from another.
 * @returns undefined where there are more than anybody would pay for
 */
export async function readPosts(ctx: AccountContext, asked: Asked): Promise<ReadPost[] | undefined> {
  const posts: ReadPost[] = [];
  let next: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const body = await readPage(ctx, asked, next);
    posts.push(...listIn(body).map(readPost));
    next = isJsonObject(body.meta) && typeof body.meta.next_token === 'string' ? body.meta.next_token : undefined;
    if (next === undefined) return posts;
  }
  return undefined;
}

/**
 * The description of the API calls fields of a post `post.fields` (https://api.x.com/2/openapi.json, 2.167); its pages still call
 * them `tweet.fields` (https://docs.x.com/x-api/fundamentals/fields). A name that X refuses costs nothing, so the other is tried.
 */
async function readPage(ctx: AccountContext, asked: Asked, next: string | undefined): Promise<JsonObject> {
  try {
    return await ask(ctx, queryOf(asked, next, 'post'));
  } catch (error) {
    if (!isUnknownName(error)) throw error;
    return ask(ctx, queryOf(asked, next, 'tweet'));
  }
}

/** X names the parameter that it does not know. */
function isUnknownName(error: unknown): boolean {
  if (!(error instanceof PlatformHttpError) || error.status !== 400) return false;
  const { body } = error;
  return (typeof body === 'string' ? body : JSON.stringify(body ?? '')).includes('post.fields');
}

function queryOf(
  { since, replies, long }: Asked,
  next: string | undefined,
  name: 'post' | 'tweet',
): Record<string, string> {
  const fields = ['attachments', 'created_at', 'entities'];
  if (long) fields.push(`note_${name}`);
  if (replies) fields.push('conversation_id');
  if (replies && name === 'tweet') fields.push('referenced_tweets');
  return {
    start_time: `${since.toISOString().slice(0, 19)}Z`,
    max_results: PAGE_SIZE,
    exclude: replies ? 'retweets' : 'retweets,replies',
    [`${name}.fields`]: fields.join(','),
    ...(replies && name === 'post' && { expansions: 'referenced_posts' }),
    ...(next !== undefined && { pagination_token: next }),
  };
}

async function ask(ctx: AccountContext, query: Record<string, string>): Promise<JsonObject> {
  const { token, userId } = accountOf(ctx);
  const body = await callX(ctx, token, { operation: READ, method: 'GET', path: `users/${userId}/tweets`, query });
  if (!isJsonObject(body.meta) && !Array.isArray(body.data)) {
    throw new MalformedAnswerError(READ, 'there is neither "data" nor "meta"');
  }
  charge(ctx, userId, body);
  return body;
}

/** Posts of the app's owner cost less. https://docs.x.com/x-api/getting-started/pricing#owned-reads */
function charge(ctx: AccountContext, userId: string, body: JsonObject): void {
  const { includes } = body;
  const beside = isJsonObject(includes) ? (includes.posts ?? includes.tweets) : undefined;
  const count = listIn(body).length + (Array.isArray(beside) ? beside.length : 0);
  if (count > 0) ctx.spend(costOf(ctx.options.ownerId === userId ? 'owned-read' : 'read', count));
}

function listIn({ data }: JsonObject): JsonObject[] {
  return Array.isArray(data) ? data.filter(isJsonObject) : [];
}

function readPost(node: JsonObject): ReadPost {
  const createdAt = new Date(Date.parse(stringField(node, 'created_at', READ)));
  if (Number.isNaN(createdAt.getTime())) throw new MalformedAnswerError(READ, '"created_at" is no time');
  const note = node.note_post ?? node.note_tweet;
  const whole = isJsonObject(note) && typeof note.text === 'string' ? note : undefined;
  const text = whole?.text ?? node.text;
  const { attachments, conversation_id: conversation } = node;
  const keys = isJsonObject(attachments) ? attachments.media_keys : undefined;
  const parent = parentOf(node);
  return {
    id: stringField(node, 'id', READ),
    text: typeof text === 'string' ? text : '',
    links: storedLinks(whole?.entities ?? node.entities),
    createdAt,
    mediaCount: Array.isArray(keys) ? keys.length : 0,
    isCut: !whole && typeof text === 'string' && [...text].length >= SHORT_TEXT - 1,
    ...(typeof conversation === 'string' && { conversation }),
    ...(parent !== undefined && { parent }),
  };
}

function parentOf({ referenced_posts: posts, referenced_tweets: tweets }: JsonObject): string | undefined {
  const all = Array.isArray(posts) ? posts : Array.isArray(tweets) ? tweets : [];
  const above = all.filter(isJsonObject).find(({ type }) => type === 'replied_to');
  return typeof above?.id === 'string' ? above.id : undefined;
}
