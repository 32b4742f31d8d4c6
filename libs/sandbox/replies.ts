import { type VisiblePost } from '#platforms/core';

/** A post with everything that hangs below it, oldest first. */
export interface PostWithReplies {
  post: VisiblePost;
  replies: VisiblePost[];
}

/** Posts with their replies and comments below them, in the order of the posts. What answers a post that is not here stands alone. */
export function withReplies(posts: readonly VisiblePost[]): PostWithReplies[] {
  const byName = new Map(posts.map((post) => [nameOf(post, post.id), post]));
  const parentOf = (post: VisiblePost) =>
    post.replyTo === undefined ? undefined : byName.get(nameOf(post, post.replyTo));
  const rootOf = (post: VisiblePost): VisiblePost => {
    const seen = new Set<VisiblePost>();
    let root = post;
    for (let parent = parentOf(root); parent && !seen.has(parent); parent = parentOf(root)) {
      seen.add(parent);
      root = parent;
    }
    return root;
  };
  const found = new Map<VisiblePost, VisiblePost[]>();
  for (const post of posts) {
    const root = rootOf(post);
    found.set(root, found.get(root) ?? []);
    if (root !== post) found.get(root)?.push(post);
  }
  return posts.flatMap((post) => {
    const replies = found.get(post);
    return replies ? [{ post, replies: replies.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) }] : [];
  });
}

function nameOf({ platform }: VisiblePost, id: string): string {
  return `${platform}\n${id}`;
}
