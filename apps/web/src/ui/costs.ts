import { formatMoney, formatNumber } from './numbers.js';

/** A use of a network that has a price. */
export interface PricedUse {
  /** For people: `a post that holds a link`. */
  label: string;
  count: number;
  /** US dollars of all of them together. */
  usd: number;
}

/** `a post that holds a link`, `3 × a post` */
export function useInWords({ label, count }: Pick<PricedUse, 'label' | 'count'>): string {
  return count === 1 ? label : `${formatNumber(count)} × ${label}`;
}

/** `a post that holds a link and 3 × a description of an image` */
export function usesInWords(uses: readonly PricedUse[]): string {
  const words = uses.map(useInWords);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The costs that an entry of a log, or an answer, holds; none where it holds something else. */
export function usesIn(value: unknown): PricedUse[] {
  return Array.isArray(value) ? value.filter(isUse) : [];
}

function isUse(value: unknown): value is PricedUse {
  if (typeof value !== 'object' || value === null) return false;
  const { label, count, usd } = value as Partial<Record<keyof PricedUse, unknown>>;
  return typeof label === 'string' && typeof count === 'number' && typeof usd === 'number';
}

/** `$0.20 for a post that holds a link` */
export function costInWords(uses: readonly PricedUse[]): string {
  return `${formatMoney(uses.reduce((sum, { usd }) => sum + usd, 0))} for ${usesInWords(uses)}`;
}
