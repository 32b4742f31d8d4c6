import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Channel, channelsQuery, postQuery } from '../api/queries.js';
import { useMe, useWorkspace } from '../app/workspace.js';
import { EmailReminder } from '../settings/security-email.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { ConnectStep } from './connect-step.js';
import { FirstPostStep } from './first-post-step.js';
import classes from './start.module.css';
import { Step } from './step.js';
import { isGoingOut, WatchStep } from './watch-step.js';

const route = getRouteApi('/signed-in/w/$workspaceId/start');

/** From a new workspace to a first post that is out, in three steps. Can be opened again at any time. */
export function StartScreen() {
  const { user } = useMe();
  const { id } = useWorkspace();
  const channels = useQuery(channelsQuery(id));
  return (
    <Page
      title={`Welcome, ${user.name}`}
      description="Three steps to a first post that is out. It takes less than two minutes."
      maxWidth={860}
    >
      <QueryView query={channels} skeleton={<StepsSkeleton />}>
        {(found) => <Steps workspaceId={id} channels={found} />}
      </QueryView>
      <EmailReminder />
    </Page>
  );
}

function Steps({ workspaceId, channels }: { workspaceId: string; channels: readonly Channel[] }) {
  const { post } = route.useSearch();
  const navigate = route.useNavigate();
  const watch = (next: string | undefined) =>
    void navigate({ search: next ? { post: next } : {}, replace: true, resetScroll: false });
  const watched = useQuery({ ...postQuery(post ?? ''), enabled: post !== undefined });
  const connected = channels.length > 0;
  const out = watched.data !== undefined && !isGoingOut(watched.data.data);
  return (
    <ol className={classes['steps']}>
      <Step number={1} title="Connect a place to publish" status={connected ? 'done' : 'current'}>
        <ConnectStep workspaceId={workspaceId} channels={channels} />
      </Step>
      <Step number={2} title="Write your first post" status={post ? 'done' : connected ? 'current' : 'later'}>
        {connected && !post && <FirstPostStep workspaceId={workspaceId} channels={channels} onPublished={watch} />}
        {!connected && <Later>One text for all channels. You can make it different for each of them later.</Later>}
      </Step>
      <Step number={3} title="Watch it go out" status={!post ? 'later' : out ? 'done' : 'current'}>
        {post ? (
          <WatchStep workspaceId={workspaceId} channels={channels} postId={post} onAnother={() => watch(undefined)} />
        ) : (
          <Later>ClickPost says for each channel what happens, and where the post can be seen.</Later>
        )}
      </Step>
    </ol>
  );
}

function Later({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function StepsSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={176} radius="lg" />
      <Skeleton height={104} radius="lg" />
      <Skeleton height={104} radius="lg" />
    </Stack>
  );
}
