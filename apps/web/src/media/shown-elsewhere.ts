import { useEffect, useSyncExternalStore } from 'react';

/** Uploads that the open screen shows in their place; the tray leaves them out. */
let shown: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** Says that this screen shows these uploads itself, as long as it is open. */
export function useShownHere(ids: readonly string[]): void {
  useEffect(() => {
    set(new Set(ids));
    return () => set(new Set());
  }, [ids]);
}

/** The uploads that the open screen shows itself. */
export function useShownElsewhere(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => shown);
}

function set(next: ReadonlySet<string>): void {
  if (next.size === 0 && shown.size === 0) return;
  shown = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
