/** The roles under which sealed values may be written anew: those that see the rows of every organization. */
export type SealingRole = 'engine' | 'identity' | 'retention';

/** A column whose values the vault sealed. Each library exports its own; together they are what `rotate` works through. */
export interface SealedColumn {
  /** For people, in the plural: "connections". */
  what: string;
  /** The way of `Database` that reads and writes all of it. */
  role: SealingRole;
  table: string;
  /** The columns of the primary key. */
  key: readonly [string, ...string[]];
  /** `text`, or `jsonb` with a `path`. */
  column: string;
  /** The field of the JSON object that holds the value. */
  path?: string;
  /** SQL for the purpose under which a row's value was sealed. */
  purpose: string;
  /** SQL for what a row is called by people. */
  name: string;
  /** What to do about one that cannot be read any more. */
  remedy: string;
}
