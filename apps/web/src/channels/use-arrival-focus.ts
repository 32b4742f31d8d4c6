import { type RefObject, useEffect, useRef } from 'react';

/** Takes the focus when what carries the ref appears, so that the keyboard goes on where the screen went on. */
export function useArrivalFocus<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
