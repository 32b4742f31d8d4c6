/** Which files are chosen, and from which one a range goes on. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** The one that was chosen last. */
  from: string | undefined;
}

/** Nothing is chosen. */
export const NOTHING: Selection = { ids: new Set(), from: undefined };

/** The selection after one more, or one less, was chosen. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, from: id };
}

/** The selection with everything from the last chosen one up to `id`, in the order in which they are shown. */
export function extended(selection: Selection, id: string, shown: readonly string[]): Selection {
  const [from, to] = [shown.indexOf(selection.from ?? id), shown.indexOf(id)];
  if (from < 0 || to < 0) return toggled(selection, id);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), from: id };
}

/** The selection without what is no longer shown. */
export function among({ ids, from }: Selection, shown: readonly string[]): Selection {
  return { ids: new Set(shown.filter((id) => ids.has(id))), from };
}
