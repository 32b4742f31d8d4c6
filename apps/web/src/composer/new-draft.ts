import { newIdempotencyKey } from '../api/client.js';
import { type KeptDraft, type LocalDrafts } from './local-drafts.js';

/** What this tab writes; another tab does not take it up while this one is open. */
const mine = new Set<string>();

/** The post that a new editor begins with: one that was left unsaved, or an empty one. */
export interface NewDraft {
  id: string;
  kept: KeptDraft | undefined;
}

/** Takes up the latest post that was left unsaved and that no open tab is writing; else begins one. */
export async function claimNewDraft(store: LocalDrafts): Promise<NewDraft> {
  for (const id of store.newIds()) {
    const kept = store.read(id);
    if (kept && (await claim(id))) return { id, kept };
  }
  const id = store.newId(newIdempotencyKey());
  await claim(id);
  return { id, kept: undefined };
}

/** A lock lasts as long as its tab, also when that crashes. Only secure origins have locks; elsewhere nobody else is known. */
async function claim(id: string): Promise<boolean> {
  if (mine.has(id) || !('locks' in navigator)) return true;
  const isMine = await new Promise<boolean>((resolve, reject) => {
    navigator.locks
      .request(`clickpost-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => undefined);
      })
      .catch(reject);
  });
  if (isMine) mine.add(id);
  return isMine;
}

const LAST_CHANNELS = 'clickpost-channels';

/** The channels that the last post of this workspace went to, on this device. */
export function lastChannels(workspaceId: string): string[] {
  return (localStorage.getItem(`${LAST_CHANNELS}/${workspaceId}`) ?? '').split(' ').filter((id) => id !== '');
}

/** Keeps which channels a post went to. */
export function rememberChannels(workspaceId: string, ids: readonly string[]): void {
  localStorage.setItem(`${LAST_CHANNELS}/${workspaceId}`, ids.join(' '));
}
