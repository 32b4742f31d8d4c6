import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Marks the element of an event, so that it can be found again. */
export function markEvent(element: HTMLElement, id: string): void {
  element.dataset['group'] = id;
}

/**
 * Keeps the keyboard's focus on an event when what happens elsewhere draws the events anew.
 * @param drawn changes whenever they are drawn anew
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, drawn: unknown): { onFocus: () => void } {
  const focused = useRef<string>(undefined);
  useLayoutEffect(() => {
    const id = focused.current;
    if (id === undefined || document.activeElement !== document.body) return;
    root.current?.querySelector<HTMLElement>(`[data-group="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }, [root, drawn]);
  return {
    onFocus: () => {
      focused.current = document.activeElement?.closest<HTMLElement>('[data-group]')?.dataset['group'];
    },
  };
}
