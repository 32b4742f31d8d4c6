import { type Schema } from '../api/client.js';

/** So many are added at once, as the API does it; among more, somebody chooses. */
export const FEW_PLACES = 5;

/** A place to publish that an account reaches, as somebody chooses it. */
export interface Place {
  /** The platform's id. */
  id: string;
  name: string;
  /** What tells it from others: what it is, and how the network calls it. */
  notes: string[];
  /** It is a channel here already, so that there is nothing to choose. */
  isChannel: boolean;
  /** Another workspace publishes there. */
  shared: boolean;
}

/** A place as the API lists it. */
export function placeOf({ externalId, name, handle, kind, channelId, shared }: Schema<'ReachedPlaceDto'>): Place {
  return { id: externalId, name, notes: notesOf(kind, handle), isChannel: channelId !== null, shared };
}

/** The same of what a new sign-in would add. */
export function gainedPlace({ externalId, name, handle, kind, shared }: Schema<'GainedChannelDto'>): Place {
  return { id: externalId, name, notes: notesOf(kind, handle), isChannel: false, shared };
}

const notesOf = (kind: string | null, handle: string | null): string[] =>
  [kind, handle].filter((note) => note !== null);

/** Those whose name, kind or handle holds every word that is looked for, however it is written. */
export function matching(places: readonly Place[], search: string): Place[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return places.filter(({ name, notes }) => {
    const text = plain([name, ...notes].join(' '));
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();

/** Chooses all of these, or none of them where all are chosen already. What is not shown stays as it is. */
export function toggleAll(shown: readonly Place[], chosen: ReadonlySet<string>): Set<string> {
  const open = shown.filter(({ isChannel }) => !isChannel).map(({ id }) => id);
  const all = open.every((id) => chosen.has(id));
  const next = new Set(chosen);
  for (const id of open) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Chooses one, or takes it back. */
export function toggle(id: string, chosen: ReadonlySet<string>): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** How the choice of all that is shown stands. */
export function allChosen(shown: readonly Place[], chosen: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const open = shown.filter(({ isChannel }) => !isChannel);
  const count = open.filter(({ id }) => chosen.has(id)).length;
  return count === 0 ? 'none' : count === open.length ? 'all' : 'some';
}
