import { type FocusEvent, useCallback, useRef } from 'react';

/** Gives the keyboard's focus back to a post when it was lost because its element was drawn anew. */
export function refocus(postId: string | undefined): void {
  if (postId === undefined || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>(`[data-post="${CSS.escape(postId)}"]`)?.focus({ preventScroll: true });
}

/** Keeps the keyboard's focus on a post when what happens elsewhere draws the posts anew. */
export function useKeptFocus() {
  const focused = useRef<string>(undefined);
  /** An element was drawn for a post. */
  const drawn = useCallback((element: HTMLElement, postId: string) => {
    element.dataset['post'] = postId;
    // It is hidden until its place is measured, and what is hidden takes no focus.
    if (postId === focused.current) requestAnimationFrame(() => requestAnimationFrame(() => refocus(postId)));
  }, []);
  const onFocus = ({ target }: FocusEvent) => {
    focused.current = target.closest<HTMLElement>('[data-post]')?.dataset['post'];
  };
  return { drawn, onFocus };
}
