import { type Database, row, rows, type Transaction } from '../database/index.js';
import { type SealedColumn } from './sealed-column.js';
import { type Vault, VaultError } from './vault.js';

/** Rows that are looked at in one transaction. */
const BATCH = 200;
/** How often the whole column is gone through while others keep writing to it. */
const ROUNDS = 5;

/** Something that cannot be read any more. */
export interface Unreadable {
  /** What it is called by people. */
  name: string;
  /** Why, in the vault's words. */
  why: string;
  remedy: string;
}

/** How the values of one column stand. */
export interface SealedCount {
  what: string;
  /** Sealed with the current key. */
  current: number;
  /** With an earlier key: they can be read and are to be sealed anew. */
  earlier: number;
  /** Sealed anew by this run. */
  rotated: number;
  unreadable: Unreadable[];
}

interface SealedRow {
  place: string[];
  value: string;
  purpose: string;
  name: string;
}

/** Goes through everything that is sealed. Nothing is locked for longer than one small transaction. */
export class VaultRotation {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly columns: readonly SealedColumn[],
  ) {}

  /** How everything stands. Opens every value, so that a lost key or damage is known before it is needed. */
  async status(): Promise<SealedCount[]> {
    const counts: SealedCount[] = [];
    for (const column of this.columns) counts.push(await this.round(column, false));
    return counts;
  }

  /**
   * Seals everything anew that an earlier key sealed, while the product runs. A value that changes meanwhile is left to the
   * next round; stopped halfway, the next run finds the rest.
   * @param progress is told after every round of a column
   */
  async rotate(progress: (count: SealedCount) => void = () => undefined): Promise<SealedCount[]> {
    const counts: SealedCount[] = [];
    for (const column of this.columns) {
      let rotated = 0;
      for (let number = 1; ; number += 1) {
        const count = await this.round(column, true);
        rotated += count.rotated;
        progress({ ...count, rotated });
        if (count.earlier > 0 && number < ROUNDS) continue;
        counts.push({ ...count, rotated });
        break;
      }
    }
    return counts;
  }

  private async round(column: SealedColumn, write: boolean): Promise<SealedCount> {
    const count: SealedCount = { what: column.what, current: 0, earlier: 0, rotated: 0, unreadable: [] };
    let after: string[] | undefined;
    for (;;) {
      const batch = await this.database[column.role]((tx) => read(tx, column, after));
      for (const sealed of batch) await this.look(column, sealed, write, count);
      after = batch.at(-1)?.place;
      if (batch.length < BATCH) return count;
    }
  }

  private async look(column: SealedColumn, sealed: SealedRow, write: boolean, count: SealedCount): Promise<void> {
    const { value, purpose, name } = sealed;
    try {
      const content = await this.vault.decrypt(value, purpose);
      if (!this.vault.needsRotation(value)) count.current += 1;
      else if (write && (await this.replace(column, sealed, await this.vault.encrypt(content, purpose)))) {
        count.current += 1;
        count.rotated += 1;
      } else count.earlier += 1;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      count.unreadable.push({ name, why: error.message, remedy: column.remedy });
    }
  }

  /** False when the value was changed meanwhile. */
  private async replace({ table, key, column, path, role }: SealedColumn, sealed: SealedRow, value: string) {
    const set = path ? `jsonb_set(${column}, '{${path}}', to_jsonb($1::text))` : '$1';
    const same = key.map((name, index) => `${name}::text = $${index + 3}`).join(' and ');
    const stored = await this.database[role]((tx) =>
      row(
        tx,
        `update ${table} set ${column} = ${set} where ${same} and ${valueOf({ column, path })} = $2 returning 1`,
        [value, sealed.value, ...sealed.place],
      ),
    );
    return stored !== undefined;
  }
}

function valueOf({ column, path }: Pick<SealedColumn, 'column'> & { path: string | undefined }): string {
  return path ? `(${column} ->> '${path}')` : column;
}

async function read(tx: Transaction, sealed: SealedColumn, after: string[] | undefined): Promise<SealedRow[]> {
  const { table, key, column, path, purpose, name } = sealed;
  const value = valueOf({ column, path });
  const keys = key.join(', ');
  const further = after ? `and (${keys}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})` : '';
  return rows<SealedRow>(
    tx,
    `select array[${key.map((one) => `${one}::text`).join(', ')}] as place, ${value} as value, ${purpose} as purpose,
            ${name} as name
       from ${table} where ${value} is not null ${further} order by ${keys} limit ${BATCH}`,
    after ?? [],
  );
}
