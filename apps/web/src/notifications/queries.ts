import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

export type Notification = Schema<'NotificationDto'>;
export type EmailPreference = Schema<'NotificationPreferencesDto'>['email'];

const PAGE = 20;

/** How many of the person's notifications still need somebody and were not read. */
export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/v1/notifications', { params: { query: { limit: 1 } }, signal }))).unread,
});

/** The person's notifications, page by page, the newest first. */
export const notificationsQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', unread],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, unread, ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/notifications', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** How the person is told by mail in this organization. */
export const preferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: ({ signal }) => answer(api.GET('/v1/me/notification-preferences', { signal })),
});
