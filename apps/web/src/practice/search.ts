/** What the feed shows; kept in the address. */
export interface PracticeSearch {
  /** Only this network. */
  network?: string;
}

/** Reads the address. */
export function readPracticeSearch({ network }: Record<string, unknown>): PracticeSearch {
  return typeof network === 'string' && network !== '' ? { network } : {};
}
