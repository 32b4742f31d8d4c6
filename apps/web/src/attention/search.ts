/** What the screen shows; kept in the address. */
export interface AttentionSearch {
  /** Only this cause: `failed:auth`. */
  cause?: string;
  /** Only this workspace. */
  workspace?: string;
}

/** Reads the address. */
export function readAttentionSearch({ cause, workspace }: Record<string, unknown>): AttentionSearch {
  return {
    ...(typeof cause === 'string' && cause !== '' && { cause }),
    ...(typeof workspace === 'string' && workspace !== '' && { workspace }),
  };
}
