import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type Post } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { CommentsContext, threadElementId } from './comments-context.js';
import { commentsQuery, type NewAnchor } from './queries.js';

const NONE: never[] = [];

/** Lets the written text and the comments of a post know of each other. */
export function CommentsProvider({ post, children }: { post: Post; children: ReactNode }) {
  const { data: threads = NONE } = useQuery(commentsQuery(post.id));
  const mayComment = useMay('posts.comment', post.workspaceId);
  const [active, setActive] = useState<string>();
  const [place, setPlace] = useState<NewAnchor>();
  const show = useCallback((id: string, where: 'place' | 'thread') => {
    setActive(id);
    const selector = where === 'place' ? `[data-places~="${id}"]` : `#${threadElementId(id)}`;
    const element = document.querySelector<HTMLElement>(selector);
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    element?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    element?.focus({ preventScroll: true });
  }, []);
  const dropPlace = useCallback(
    (said: NewAnchor | undefined) => setPlace((now) => (now === said ? undefined : now)),
    [],
  );
  const state = useMemo(
    () => ({ threads, active, show, place, setPlace, dropPlace, mayComment }),
    [threads, active, show, place, dropPlace, mayComment],
  );
  return <CommentsContext value={state}>{children}</CommentsContext>;
}
