import { type Month, readMonth } from './month.js';

/** What the address of the screen says: the month; left out = the present one. */
export interface SpendingSearch {
  month?: Month;
}

export function readSpendingSearch({ month }: Record<string, unknown>): SpendingSearch {
  const read = readMonth(month);
  return read === undefined ? {} : { month: read };
}
