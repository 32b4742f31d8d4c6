/** What the screen shows; kept in the address. */
export interface InboxSearch {
  /** `all` = also what waits for others. */
  show?: 'all';
}

/** Reads the address. */
export function readInboxSearch({ show }: Record<string, unknown>): InboxSearch {
  return show === 'all' ? { show } : {};
}
