/** What the address of the first steps says. */
export interface StartSearch {
  /** The post that is being watched. */
  post?: string;
}

/** Reads it; anything else in the address is left out. */
export function readStartSearch({ post }: Record<string, unknown>): StartSearch {
  return typeof post === 'string' ? { post } : {};
}
