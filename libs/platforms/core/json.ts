/** What survives a round trip through JSON. Checkpoints and prepared sets are kept as this. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
