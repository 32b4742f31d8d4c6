/** The runner starts this long before the due instant, in milliseconds, so that the commit itself happens on time. */
export const PREPARE_AHEAD_MS = 3_000;
