import {
  type AccountContext,
  type Evidence,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { profileOf, threads } from './api.js';
import { isMissing, isNotAllowed } from './classify.js';
import { type ContainerType } from './container.js';
import { containerFailure } from './failures.js';
import { type ContainerState, readContainer } from './processing.js';
import { type PreparedContainer } from './publish.js';

/** Threads' clock may be a little behind ours, and `timestamp` is cut off to whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;
const LOOK_AGAIN_MS = 20_000;
/** So long a post that was published may not be listed, or a container may still be on its way. */
const PATIENCE_MS = 3_600_000;
const PAGE_SIZE = '50';

/** What `media_type` of a post says. https://developers.facebook.com/documentation/threads/retrieve-and-discover-posts/retrieve-posts */
const POST_TYPES: Readonly<Record<ContainerType, string>> = {
  TEXT: 'TEXT_POST',
  IMAGE: 'IMAGE',
  VIDEO: 'VIDEO',
  CAROUSEL: 'CAROUSEL_ALBUM',
};

/** Asks the container what became of it, and looks for the post where it was published. */
export async function reconcile(
  ctx: AccountContext,
  input: ReconcileInput<PreparedContainer>,
): Promise<Reconciliation> {
  const { containerId, type } = input.prepared;
  const state = await stateOf(ctx, containerId);
  const evidence: Evidence = {
    lookedAt: 'the container of the post',
    container: containerId,
    status: state?.status ?? 'not found',
    since: input.since.toISOString(),
  };
  // The container is all that is known for certain of what was sent.
  if (!state) return { outcome: 'unknown', evidence };
  switch (state.status) {
    case 'PUBLISHED':
      return published(ctx, input, evidence);
    case 'FINISHED':
    case 'EXPIRED':
      return { outcome: 'absent', evidence };
    case 'ERROR':
      return { outcome: 'refused', failure: containerFailure(state.error, type !== 'TEXT'), evidence };
    case 'IN_PROGRESS':
      return laterOrUnknown(ctx, input, evidence);
  }
}

async function stateOf(ctx: AccountContext, containerId: string): Promise<ContainerState | undefined> {
  try {
    return await readContainer(ctx, containerId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** It is out; which post it is, the profile's newest tell. */
async function published(
  ctx: AccountContext,
  input: ReconcileInput<PreparedContainer>,
  evidence: Evidence,
): Promise<Reconciliation> {
  const { posts, why } = await candidates(ctx, input);
  const open = posts.filter((post) => !input.claimed.has(post.id));
  const [only] = open;
  const seen = { ...evidence, same: open.map(describe), ...(why !== undefined && { notRead: why }) };
  if (open.length === 1 && only) {
    const receipt = { id: only.id, ...(only.permalink !== undefined && { permalink: only.permalink }) };
    return { outcome: 'published', receipt, confidence: 'certain', evidence: seen };
  }
  // Several of the same, or none that may be read: it is out, and nobody can say which it is.
  return open.length > 1 || why !== undefined
    ? { outcome: 'unknown', evidence: seen }
    : laterOrUnknown(ctx, input, seen);
}

function laterOrUnknown(
  ctx: AccountContext,
  { since }: ReconcileInput<PreparedContainer>,
  evidence: Evidence,
): Reconciliation {
  const now = ctx.now().getTime();
  if (now - since.getTime() >= PATIENCE_MS) return { outcome: 'unknown', evidence };
  return { outcome: 'pending', checkAt: new Date(now + LOOK_AGAIN_MS), evidence };
}

interface Post {
  id: string;
  text: string;
  type: string;
  createdAt: Date;
  permalink?: string;
  /** The post above. */
  parent?: string;
}

/** The posts since the fence that are like what was sent; replies are a list of their own. */
async function candidates(
  ctx: AccountContext,
  { prepared, since }: ReconcileInput<PreparedContainer>,
): Promise<{ posts: Post[]; why?: string }> {
  const { token, userId } = profileOf(ctx);
  const from = new Date(since.getTime() - CLOCK_TOLERANCE_MS);
  const isReply = prepared.replyTo !== undefined;
  const operation = isReply ? 'read the replies of the profile' : 'read the posts of the profile';
  const query = {
    fields: `id,text,media_type,permalink,timestamp${isReply ? ',replied_to' : ''}`,
    since: String(Math.floor(from.getTime() / 1000)),
    limit: PAGE_SIZE,
  };
  const path = `${userId}/${isReply ? 'replies' : 'threads'}`;
  const posts: Post[] = [];
  try {
    for await (const node of threads.edge(ctx, { operation, path, token, query })) {
      const post = readPost(node, operation);
      if (post.createdAt >= from && isLike(post, prepared)) posts.push(post);
    }
  } catch (error) {
    // Reading replies has a permission of its own, which the person may have left out.
    if (isReply && isNotAllowed(error)) return { posts: [], why: 'The permission to read replies was not given.' };
    throw error;
  }
  return { posts };
}

function readPost(node: JsonObject, operation: string): Post {
  const createdAt = new Date(Date.parse(stringField(node, 'timestamp', operation)));
  if (Number.isNaN(createdAt.getTime())) throw new MalformedAnswerError(operation, '"timestamp" is no time');
  const { text, media_type: type, permalink, replied_to: above } = node;
  const parent = typeof above === 'object' && above !== null && !Array.isArray(above) ? above.id : undefined;
  return {
    id: stringField(node, 'id', operation),
    text: typeof text === 'string' ? text : '',
    type: typeof type === 'string' ? type : '',
    createdAt,
    ...(typeof permalink === 'string' && { permalink }),
    ...(typeof parent === 'string' && { parent }),
  };
}

function isLike(post: Post, { text, type, replyTo }: PreparedContainer): boolean {
  return (
    post.type === POST_TYPES[type] &&
    normalText(post.text) === normalText(text) &&
    (replyTo === undefined || post.parent === undefined || post.parent === replyTo)
  );
}

/** As Threads stores a text: `\n` line ends, nothing blank at the end of a line or around the whole. */
function normalText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}

function describe({ id, createdAt, permalink }: Post): JsonObject {
  return { id, createdAt: createdAt.toISOString(), permalink: permalink ?? null };
}
