import { Skeleton, Stack, Tabs } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type RefObject, useRef } from 'react';
import { useMay } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { InboxList } from './inbox-list.js';
import { inboxQuery, useInboxCount, type Whose } from './queries.js';

const route = getRouteApi('/signed-in/approvals');
const MAX_WIDTH = 1120;

/** What waits for an approval, in all workspaces: one's own first. */
export function InboxScreen() {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const count = useInboxCount();
  const end = useRef<HTMLDivElement>(null);
  // Nothing ever waits for somebody who may approve nowhere.
  const mayApprove = useMay('posts.approve');
  const whose: Whose = show === 'all' || !mayApprove ? 'anybody' : 'me';
  const choose = (value: string | null) => void navigate({ search: value === 'anybody' ? { show: 'all' } : {} });
  return (
    <Page title="Approvals" description="What you approve is exactly what goes out." maxWidth={MAX_WIDTH}>
      <Tabs value={whose} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {mayApprove && (
            <Tabs.Tab value="me">Waiting for me{count ? ` (${count > 99 ? '99+' : count})` : ''}</Tabs.Tab>
          )}
          <Tabs.Tab value="anybody">All that waits</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={whose}>
          <div ref={end} tabIndex={-1} style={{ outline: 'none' }}>
            <Waiting key={whose} whose={whose} end={end} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Waiting({ whose, end }: { whose: Whose; end: RefObject<HTMLDivElement | null> }) {
  const query = useInfiniteQuery(inboxQuery(whose));
  return (
    <QueryView query={query} skeleton={<Waited />}>
      {({ pages }) => {
        const items = pages.flatMap(({ data }) => data);
        if (items.length === 0 && !query.hasNextPage) return <Nothing whose={whose} />;
        return (
          <InboxList
            items={items}
            end={end}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        );
      }}
    </QueryView>
  );
}

function Nothing({ whose }: { whose: Whose }) {
  return (
    <EmptyState icon={IconChecklist} title={whose === 'me' ? 'Nothing waits for you.' : 'Nothing waits.'}>
      {whose === 'me'
        ? 'Posts that you are asked to approve appear here, the one that is due first at the top.'
        : 'Posts that wait for somebody’s approval appear here, the one that is due first at the top.'}
    </EmptyState>
  );
}

function Waited() {
  return (
    <Stack gap="md">
      <Skeleton height={380} radius="lg" />
      <Skeleton height={380} radius="lg" />
    </Stack>
  );
}
