import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

export type Spending = Schema<'SpendingDto'>;
export type SpendingSums = Schema<'SpendingSumsDto'>;
export type PriceSum = Schema<'PriceSumDto'>;

/** What a workspace spent from one instant to another at networks that are paid for by use. */
export const spendingQuery = (workspaceId: string, { from, to }: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['spending', workspaceId, from, to],
    queryFn: ({ signal }) => {
      const params = { path: { id: workspaceId }, query: { from, to } };
      return answer(api.GET('/v1/workspaces/{id}/spending', { params, signal }));
    },
    // While another month is read, the one before stays.
    placeholderData: keepPreviousData,
  });
