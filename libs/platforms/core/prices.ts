import { type Cost, type PlatformManifest } from './manifest.js';

/** Something that was used, or will be, with what it costs at the price of that day. */
export interface PricedCost extends Cost {
  /** For people, of `Price.label`. */
  label: string;
  /** US dollars of all of them together. */
  usd: number;
}

/** Costs of less than this are not told apart: a millionth of a dollar. */
const MICROS = 1_000_000;

/** A sum of money without what adding binary fractions leaves behind, to a millionth of a dollar. */
export function roundedUsd(usd: number): number {
  return Math.round(usd * MICROS) / MICROS;
}

/**
 * What uses cost by the platform's price list: each price once, in the order of the list.
 * @throws Error for a price that the manifest does not name
 */
export function pricedCosts(
  { id, prices = [] }: Pick<PlatformManifest, 'id' | 'prices'>,
  costs: readonly Cost[],
): PricedCost[] {
  const unknown = costs.find(({ price }) => !prices.some((known) => known.id === price));
  if (unknown) throw new Error(`The manifest of ${id} has no price "${unknown.price}".`);
  return prices.flatMap(({ id: price, label, usd }) => {
    const count = costs.reduce((sum, cost) => sum + (cost.price === price ? cost.count : 0), 0);
    return count > 0 ? [{ price, label, count, usd: roundedUsd(count * usd) }] : [];
  });
}

/** The sum of costs, in US dollars. */
export function sumUsd(costs: readonly Pick<PricedCost, 'usd'>[]): number {
  return roundedUsd(costs.reduce((sum, { usd }) => sum + usd, 0));
}
