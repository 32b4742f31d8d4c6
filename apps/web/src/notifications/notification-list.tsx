import { Button, Group, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../ui/empty-state.js';
import { TextLink } from '../ui/links.js';
import { QueryView } from '../ui/query-view.js';
import { NotificationEntry } from './notification-entry.js';
import classes from './notifications.module.css';
import { notificationsQuery, unreadQuery } from './queries.js';
import { useRead } from './use-read.js';

const ENTRY_HEIGHT = 96;

/** The person's notifications. @param onLeave told when an entry leads to another screen */
export function NotificationList({ onLeave }: { onLeave: () => void }) {
  const [shown, setShown] = useState<'all' | 'unread'>('all');
  const query = useInfiniteQuery(notificationsQuery(shown === 'unread'));
  const { data: unread = 0 } = useQuery(unreadQuery);
  const { one, all } = useRead();
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="sm"
          aria-label="Which notifications"
          value={shown}
          onChange={(value) => setShown(value)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'Unread' },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          disabled={unread === 0}
          loading={all.isPending}
          onClick={() => all.mutate()}
        >
          Mark all as read
        </Button>
      </Group>
      <QueryView query={query} skeleton={<ListSkeleton />}>
        {({ pages }) => {
          const found = pages.flatMap(({ data }) => data);
          if (found.length === 0) return <Nothing unread={shown === 'unread'} />;
          return (
            <ul className={classes['list']}>
              {found.map((notification) => (
                <li key={notification.id}>
                  <NotificationEntry
                    notification={notification}
                    onOpen={() => {
                      if (notification.readAt === null) one.mutate(notification.id);
                      onLeave();
                    }}
                  />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <TextLink to="/settings" size="sm" py={4} onClick={onLeave}>
        Choose which of them come by e-mail
      </TextLink>
    </Stack>
  );
}

function Nothing({ unread }: { unread: boolean }) {
  return unread ? (
    <EmptyState icon={IconBellCheck} title="Nothing unread">
      You have seen everything that needs you.
    </EmptyState>
  ) : (
    <EmptyState icon={IconBellCheck} title="Nothing needs you">
      What waits for your approval, what was said to you, and what could not be published is told here, once for its
      cause.
    </EmptyState>
  );
}

function ListSkeleton() {
  return (
    <Stack gap={1}>
      {[0, 1, 2].map((key) => (
        <Skeleton key={key} height={ENTRY_HEIGHT} />
      ))}
    </Stack>
  );
}
