import { type Schema } from '../api/client.js';

/** A post as a practice network shows it. */
export type PracticePost = Schema<'PracticePostDto'>;

/** A post with what hangs below it, oldest first. */
export interface PracticeThread {
  post: PracticePost;
  /** The further parts of a thread, and comments. */
  replies: PracticePost[];
}

/**
 * Posts with their replies and comments below them, in the order of the posts. What answers a post that is not among them
 * stands alone.
 */
export function threadsOf(posts: readonly PracticePost[]): PracticeThread[] {
  const byName = new Map(posts.map((post) => [nameOf(post, post.id), post]));
  const threads = new Map<PracticePost, PracticePost[]>(posts.map((post) => [post, []]));
  for (const post of posts) {
    const root = rootOf(post, byName);
    if (root === post) continue;
    threads.get(root)?.push(post);
    threads.delete(post);
  }
  return [...threads].map(([post, replies]) => ({ post, replies: replies.toSorted(byTime) }));
}

function rootOf(post: PracticePost, byName: ReadonlyMap<string, PracticePost>): PracticePost {
  const seen = new Set([post]);
  let root = post;
  while (root.replyTo !== undefined) {
    const parent = byName.get(nameOf(root, root.replyTo));
    if (!parent) return root;
    // What answers itself in a circle is no thread.
    if (seen.has(parent)) return post;
    seen.add(parent);
    root = parent;
  }
  return root;
}

function byTime(a: PracticePost, b: PracticePost): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

function nameOf({ platform, account }: PracticePost, id: string): string {
  return `${platform}\n${account}\n${id}`;
}
