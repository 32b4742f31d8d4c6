import { newIdempotencyKey } from '../api/client.js';
import { type KeptDraft, type LocalDrafts } from './local-drafts.js';

/** What this tab writes, or asked for; another tab does not take it up while this one is open. */
const claims = new Map<string, Promise<boolean>>();

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

/** This tab takes it up no more: its person began another one. */
export function putAside(id: string): void {
  claims.set(id, Promise.resolve(false));
}

function claim(id: string): Promise<boolean> {
  const claimed = claims.get(id) ?? lock(`clickpost-${id}`);
  claims.set(id, claimed);
  return claimed;
}

/** A lock lasts as long as its tab, also when that crashes. Only secure origins have locks; elsewhere nobody else is known. */
function lock(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (granted) => {
        resolve(granted !== null);
        return granted === null ? undefined : new Promise<void>(() => undefined);
      })
      .catch(reject);
  });
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
