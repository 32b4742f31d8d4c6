import twitterText from 'twitter-text';
import { forbidden, invalid, problem } from './answers.js';
import { type Wanted } from './body.js';
import { isReady } from './media.js';
import { hash, type Media, type Person, type Post, type State } from './state.js';

/** https://docs.x.com/fundamentals/counting-characters, and the changelog of 20 August 2024 for subscribers. */
const MAX_TEXT = 280;
const MAX_LONG_TEXT = 25_000;
/** So long X remembers a text here; how long it does is on no page. */
const REMEMBERED_MS = 3_600_000;
/** The shorter of what is documented. https://docs.x.com/x-api/fundamentals/edit-posts */
const EDITABLE_MS = 30 * 60_000;
const MOST_EDITS = 5;

/** Throws what X answers to a post that it does not take. */
export function requireAllowed(state: State, person: Person, wanted: Wanted): void {
  requireCredits(state, person);
  const { text, media, poll, quotes, replyTo, edits } = wanted;
  if (text.trim() === '' && media.length === 0) throw invalid('$.text: is required unless media is provided', 'text');
  if ([media.length > 0, poll !== undefined, quotes !== undefined].filter(Boolean).length > 1) {
    throw invalid('media, poll and quote_tweet_id are mutually exclusive', 'media');
  }
  requireText(text, person);
  requireMedia(filesOf(state, person, media));
  if (replyTo !== undefined) requireReply(state, person, replyTo);
  if (quotes !== undefined && !state.plan.quotes) {
    throw forbidden(
      'Quoting this post is not allowed because you have not been mentioned or otherwise engaged by its author.',
    );
  }
  if (quotes !== undefined && !state.posts.get(quotes))
    throw invalid('$.quote_tweet_id: there is no such post', 'quote_tweet_id');
  if (edits === undefined) requireNew(state, person, text);
  else requireEditable(state, person, edits, wanted);
}

/** https://docs.x.com/x-api/getting-started/pricing#credit-balance */
export function requireCredits({ plan }: State, { id }: Person): void {
  if (plan.credits) return;
  throw problem(
    402,
    'credits',
    'CreditsDepleted',
    `Your enrolled account [${id}] does not have any credits to fulfill this request.`,
  );
}

/** The files of these ids; they have to be one's own, complete and younger than a day. */
export function filesOf(state: State, { id: userId }: Person, ids: readonly string[]): Media[] {
  const files = ids.map((id) => state.media.get(id));
  const fit = files
    .filter((file) => file !== undefined)
    .filter((file) => file.userId === userId && isReady(state, file));
  if (fit.length !== ids.length || new Set(ids).size !== ids.length)
    throw invalid('Your media IDs are invalid.', 'media.media_ids');
  return fit;
}

function requireText(text: string, { subscription }: Person): void {
  const max = subscription === 'None' ? MAX_TEXT : MAX_LONG_TEXT;
  if (twitterText.parseTweet(text).weightedLength > max) throw forbidden('Your Tweet text is too long.');
  if (twitterText.hasInvalidCharacters(text)) throw invalid('$.text: has invalid characters', 'text');
  // https://docs.x.com/x-api/posts/manage-tweets/integrate#post-creation-restrictions-self-serve
  if (twitterText.extractCashtags(text).length > 1) throw forbidden('Posts are limited to a maximum of 1 cashtag.');
}

/** Four photos, or one GIF, or one video. https://docs.x.com/x-api/media/quickstart/best-practices */
function requireMedia(files: readonly Media[]): void {
  const alone = files.filter(({ category }) => category !== 'tweet_image');
  if (alone.length > 0 && files.length > 1)
    throw invalid('Only one GIF or video may be attached, without photos.', 'media.media_ids');
}

/** Same page as of cashtags: only people who were mentioned or quoted may reply; of one's own thread nothing is said. */
function requireReply(state: State, person: Person, replyTo: string): void {
  const parent = state.posts.get(replyTo);
  if (!parent) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  const quoted = parent.quotes === undefined ? undefined : state.posts.get(parent.quotes);
  const isOwn = parent.userId === person.id;
  const isSummoned = mentions(parent.text, person) || quoted?.userId === person.id;
  if (isSummoned || (isOwn && state.plan.selfThreads)) return;
  throw forbidden(
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  );
}

function mentions(text: string, { username }: Person): boolean {
  return twitterText.extractMentions(text).some((name) => name.toLowerCase() === username.toLowerCase());
}

/** The same text of the same account. The words are X's own: https://github.com/akrherz/iembot/issues/163 */
function requireNew(state: State, { id }: Person, text: string): void {
  const said = state.said.get(saidKey(id, text));
  if (said === undefined || Date.parse(state.posts.get(said)?.at ?? '') + REMEMBERED_MS < state.now()) return;
  if (state.posts.get(said)) throw forbidden('You are not allowed to create a Tweet with duplicate content.');
}

/** Keeps in mind what was said. A file alone says nothing. */
export function remember(state: State, { id, userId, text }: Post): void {
  if (text !== '') state.said.set(saidKey(userId, text), id);
}

function saidKey(userId: string, text: string): string {
  return `${userId}:${hash(text.normalize('NFC').trim().replace(/\s+/g, ' '))}`;
}

function requireEditable(state: State, { id, subscription }: Person, edits: string, wanted: Wanted): void {
  const post: Post | undefined = state.posts.get(edits);
  if (!post || post.userId !== id || post.replaced === true)
    throw invalid('$.edit_options: there is no such post', 'edit_options');
  const [first = edits] = post.history;
  const begun = Date.parse(state.posts.get(first)?.at ?? post.at);
  const parent = post.replyTo === undefined ? undefined : state.posts.get(post.replyTo);
  const refused =
    subscription === 'None' ||
    state.now() - begun > EDITABLE_MS ||
    post.history.length > MOST_EDITS ||
    post.poll !== undefined ||
    wanted.poll !== undefined ||
    (post.replyTo !== undefined && parent?.userId !== id);
  if (refused) throw forbidden('You are not permitted to edit this Post.');
}
