import { type operations } from '../api/schema.generated.js';

/** Which deliveries, as the API takes it. */
export type DeliveryFilter = Pick<
  NonNullable<operations['listWebhookDeliveries']['parameters']['query']>,
  'state' | 'type'
>;

/** What the screen of one webhook shows; kept in the address. */
export interface WebhookSearch {
  /** Only deliveries that stand so. */
  state?: 'waiting' | 'delivered' | 'failed';
  /** The delivery that is open. */
  delivery?: string;
}

const STATES = ['waiting', 'delivered', 'failed'] as const;

/** Reads the address. */
export function readWebhookSearch(search: Record<string, unknown>): WebhookSearch {
  const state = STATES.find((one) => one === search['state']);
  const { delivery } = search;
  return {
    ...(state && { state }),
    ...(typeof delivery === 'string' && delivery !== '' && { delivery }),
  };
}
