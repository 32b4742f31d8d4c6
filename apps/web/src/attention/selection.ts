import { type AttentionFilter, type AttentionItem, type CauseCount } from './queries.js';

/** Publications that something is to be done about: some, all of a cause, or all that is found. */
export type Selection =
  { kind: 'some'; ids: readonly string[] } | { kind: 'cause'; cause: CauseCount['cause'] } | { kind: 'all' };

export const NOTHING: Selection = { kind: 'some', ids: [] };

/** Whether a publication is chosen. */
export function isChosen(selection: Selection, { id, cause }: Pick<AttentionItem, 'id' | 'cause'>): boolean {
  switch (selection.kind) {
    case 'some':
      return selection.ids.includes(id);
    case 'cause':
      return selection.cause === cause;
    case 'all':
      return true;
  }
}

/** The selection after one more, or one less, was chosen among those that are on the screen. */
export function toggled(selection: Selection, item: AttentionItem, shown: readonly AttentionItem[]): Selection {
  const ids =
    selection.kind === 'some' ? selection.ids : shown.filter((one) => isChosen(selection, one)).map(({ id }) => id);
  return { kind: 'some', ids: ids.includes(item.id) ? ids.filter((id) => id !== item.id) : [...ids, item.id] };
}

/** How many are chosen. */
export function countOf(selection: Selection, causes: readonly CauseCount[]): number {
  switch (selection.kind) {
    case 'some':
      return selection.ids.length;
    case 'cause':
      return causes.find(({ cause }) => cause === selection.cause)?.count ?? 0;
    case 'all':
      return causes.reduce((sum, { count }) => sum + count, 0);
  }
}

/** The selection as the API takes it. */
export function chosenOf(
  selection: Selection,
  filter: AttentionFilter,
): { ids: string[] } | { filter: AttentionFilter } {
  switch (selection.kind) {
    case 'some':
      return { ids: [...selection.ids] };
    case 'cause':
      return { filter: { ...filter, cause: selection.cause } };
    case 'all':
      return { filter };
  }
}
