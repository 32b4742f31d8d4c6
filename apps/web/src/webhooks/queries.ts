import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, answerWithTag, api, type Schema } from '../api/client.js';
import { type DeliveryFilter } from './search.js';

export type Webhook = Schema<'WebhookDto'>;
export type Delivery = Schema<'DeliveryDto'>;
export type DeliveryDetail = Schema<'DeliveryDetailDto'>;
export type EventType = Schema<'EventTypeDto'>;

/** What begins the keys of all of these queries. */
export const WEBHOOKS = ['webhooks'] as const;

const PAGE = 30;
/** Deliveries happen by themselves: so often it is looked what became of them, in milliseconds. */
const LOOK_MS = 5_000;

/** All of the organization, oldest first. */
export const webhooksQuery = queryOptions({
  queryKey: [...WEBHOOKS, 'list'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/webhooks', { signal }))).data,
});

/** One of them, and the tag that a change of it must carry. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, 'one', id],
    queryFn: ({ signal }) => answerWithTag(api.GET('/v1/webhooks/{id}', { params: { path: { id } }, signal })),
    refetchInterval: LOOK_MS,
  });

/** What programs can be told of. It changes with a new version of ClickPost alone. */
export const eventTypesQuery = queryOptions({
  queryKey: ['webhook-event-types'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/webhooks/event-types', { signal }))).data,
  staleTime: Number.POSITIVE_INFINITY,
});

/** What was sent to a webhook, newest first, page by page. */
export const deliveriesQuery = (id: string, filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: [...WEBHOOKS, 'deliveries', id, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_MS,
  });

/** What was sent, and each try. */
export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, 'delivery', id, deliveryId],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/webhooks/{id}/deliveries/{deliveryId}', { params: { path: { id, deliveryId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? LOOK_MS : false),
  });
