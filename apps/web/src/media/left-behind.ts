/** An upload that a closed or reloaded page left unfinished; the same file, chosen again, goes on where it stopped. */
export interface LeftBehind {
  /** The name under which the browser keeps it. */
  key: string;
  workspaceId: string;
  name: string;
  bytes: number;
  /** Its address in the protocol. */
  url: string;
}

/** As tus-js-client keeps what it has begun: `tus::tus-<file>-<endpoint>::<number>`. */
const PREFIX = 'tus::';
const ENDPOINT = /\/v1\/workspaces\/([0-9a-f-]{36})\/uploads::\d+$/;

/** Reads what uploads the browser remembers; what is no such entry is passed over. Pure. */
export function readLeftBehind(entries: readonly (readonly [key: string, value: string])[]): LeftBehind[] {
  return entries.flatMap(([key, value]) => {
    const workspaceId = key.startsWith(PREFIX) ? ENDPOINT.exec(key)?.[1] : undefined;
    const kept = workspaceId === undefined ? undefined : parse(value);
    if (workspaceId === undefined || kept === undefined) return [];
    return [{ key, workspaceId, name: kept.metadata.filename, bytes: kept.size, url: kept.uploadUrl }];
  });
}

/** The name under which a page holds an upload while it is at it, so that other tabs leave it alone. */
export function lockOf(workspaceId: string, { name, size }: Pick<File, 'name' | 'size'>): string {
  return `clickpost-upload-${workspaceId}-${size}-${name}`;
}

/** Uploads of a workspace that no open tab is at. */
export async function findLeftBehind(workspaceId: string): Promise<LeftBehind[]> {
  const all = readLeftBehind(Object.entries(localStorage)).filter((one) => one.workspaceId === workspaceId);
  // Only secure origins have locks; elsewhere nobody else is known.
  if (all.length === 0 || !('locks' in navigator)) return all;
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  return all.filter(({ name, bytes }) => !names.has(lockOf(workspaceId, { name, size: bytes })));
}

/** The browser remembers it no more. */
export function forgetLeftBehind({ key }: LeftBehind): void {
  localStorage.removeItem(key);
}

function parse(value: string): { size: number; uploadUrl: string; metadata: { filename: string } } | undefined {
  try {
    const kept: unknown = JSON.parse(value);
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { size, uploadUrl, metadata } = kept as Record<string, unknown>;
    const { filename } = (metadata ?? {}) as Record<string, unknown>;
    if (typeof size !== 'number' || typeof uploadUrl !== 'string' || typeof filename !== 'string') return undefined;
    return { size, uploadUrl, metadata: { filename } };
  } catch {
    return undefined;
  }
}
