import { type Cost, type FormField, type OptionValues, type Price } from '#platforms/core';
import { PRICE_DOCS } from './pages.js';

const AS_OF = '2026-11-23';

/**
 * What X charges the owner of the app, pay per use. Reads are charged for each object in the answer, all else for each request.
 * https://docs.x.com/x-api/getting-started/pricing, and the changelog of 16 April 2026, which says the same of posts and reads.
 */
const PRICES = {
  post: { label: 'a post', usd: 0.015, option: 'pricePost' },
  'post-with-link': { label: 'a post that holds a link', usd: 0.2, option: 'pricePostWithLink' },
  'alt-text': { label: 'a description of an image', usd: 0.005, option: 'priceAltText' },
  delete: { label: 'deleting a post', usd: 0.01, option: 'priceDelete' },
  read: { label: 'reading a post back', usd: 0.005, option: 'priceRead' },
  'owned-read': { label: 'reading back a post of the app’s owner', usd: 0.001, option: 'priceOwnedRead' },
  'user-read': { label: 'reading the profile', usd: 0.01, option: 'priceUserRead' },
} as const;

/** The ids of what has a price. */
export type PriceId = keyof typeof PRICES;

const IDS = Object.keys(PRICES) as PriceId[];

/** The list of prices as X has published it. */
export const prices: readonly Price[] = priceList({});

/** The operator's own prices, where they were told others. */
export const priceOptions: readonly FormField[] = IDS.map((id) => ({
  name: PRICES[id].option,
  label: `Price of ${PRICES[id].label}, in US dollars`,
  type: 'number',
  required: false,
  default: PRICES[id].usd,
  min: 0,
  help: 'As the Developer Console at console.x.com shows it.',
}));

/** The list of prices with what the operator changed. */
export function priceList(options: OptionValues): Price[] {
  return IDS.map((id) => {
    const { label, usd, option } = PRICES[id];
    const own = options[option];
    return { id, label, usd: typeof own === 'number' ? own : usd, asOf: AS_OF, docs: PRICE_DOCS };
  });
}

/** So often this was used. */
export function costOf(id: PriceId, count = 1): Cost {
  return { price: id, count };
}
