/** The draft that somebody wrote last on this device and neither scheduled nor put aside. */
interface Unfinished {
  postId: string;
  /** In milliseconds since 1970. */
  at: number;
}

const KEY = 'clickpost-unfinished';
/** Later than this it is one draft among others. */
const KEEP_MS = 3 * 24 * 60 * 60 * 1000;

/** Keeps which draft was written last. */
export function rememberUnfinished(workspaceId: string, postId: string): void {
  const unfinished: Unfinished = { postId, at: Date.now() };
  try {
    localStorage.setItem(`${KEY}/${workspaceId}`, JSON.stringify(unfinished));
  } catch {
    // The storage is full: the draft itself is on the server, only the reminder is missing.
  }
}

/** The id of the draft that was written last, as long as somebody may miss it. */
export function lastUnfinished(workspaceId: string): string | undefined {
  const text = localStorage.getItem(`${KEY}/${workspaceId}`);
  if (text === null) return undefined;
  const { postId, at } = JSON.parse(text) as Unfinished;
  return Date.now() - at < KEEP_MS ? postId : undefined;
}

/** It was scheduled, deleted or put aside. */
export function forgetUnfinished(workspaceId: string): void {
  localStorage.removeItem(`${KEY}/${workspaceId}`);
}
