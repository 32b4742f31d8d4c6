import { Alert, Button, Card, Skeleton, Stack, Text } from '@mantine/core';
import { IconFlask, IconFlaskOff } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { platformsQuery } from '../api/queries.js';
import { rememberedWorkspace } from '../app/last-workspace.js';
import { useMay, useMe } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { NetworkFilter } from './network-filter.js';
import { PracticeCard } from './practice-post.js';
import { threadsOf } from './threads.js';

const route = getRouteApi('/signed-in/practice');

const PAGE = 20;
const COLUMN_PX = 720;

/** What the practice networks show, newest first. */
const practiceQuery = infiniteQueryOptions({
  queryKey: ['practice', 'posts'],
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) };
    return answer(api.GET('/v1/practice/posts', { params: { query }, signal }));
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
});

/** What the practice networks show: what a launch would look like, seen by nobody. */
export function PracticeScreen() {
  const { data: platforms } = useQuery(platformsQuery);
  const off = platforms?.every(({ practice }) => !practice.available) ?? false;
  return (
    <Page title="Practice feed" description="What your posts look like on the practice networks." maxWidth={COLUMN_PX}>
      {off ? (
        <Card>
          <EmptyState icon={IconFlaskOff} title="Practice networks are off">
            This installation publishes to real networks only. The operator can switch practice networks on.
          </EmptyState>
        </Card>
      ) : (
        <Feed />
      )}
    </Page>
  );
}

function Feed() {
  const { network } = route.useSearch();
  const query = useInfiniteQuery(practiceQuery);
  const posts = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const shown = network === undefined ? posts : posts.filter(({ platform }) => platform === network);
  return (
    <Stack gap="md">
      <Alert color="iris" icon={<IconFlask aria-hidden />} title="Practice: nothing here is public">
        Nothing of this left this installation. Real networks never see it.
      </Alert>
      {posts.length > 0 && <NetworkFilter chosen={network} posts={posts} />}
      {query.isPending && <FeedSkeleton />}
      {query.isError && posts.length === 0 && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && posts.length === 0 && <NothingYet />}
      {posts.length > 0 && shown.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          Nothing of this network {query.hasNextPage ? 'among the newest posts' : 'yet'}.
        </Text>
      )}
      {threadsOf(shown).map((thread) => (
        <PracticeCard key={`${thread.post.platform} ${thread.post.account} ${thread.post.id}`} thread={thread} />
      ))}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  );
}

function NothingYet() {
  const { workspaces } = useMe();
  const workspace = rememberedWorkspace(workspaces);
  const mayEdit = useMay('posts.write', workspace?.id);
  return (
    <Card>
      <EmptyState
        icon={IconFlask}
        title="Nothing has been published yet"
        action={
          mayEdit &&
          workspace && (
            <LinkButton to="/w/$workspaceId/compose" params={{ workspaceId: workspace.id }}>
              Write a post
            </LinkButton>
          )
        }
      >
        Connect a practice channel, write a post for it and publish it now. It appears here as its network shows it.
      </EmptyState>
    </Card>
  );
}

function FeedSkeleton() {
  return (
    <>
      {[0, 1, 2].map((card) => (
        <Card key={card}>
          <Skeleton height={34} width="50%" mb="md" />
          <Skeleton height={48} mb="md" />
          <Skeleton height={160} />
        </Card>
      ))}
    </>
  );
}
