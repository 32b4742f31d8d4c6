import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowRight, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Channel, type Post, postQuery } from '../api/queries.js';
import { useLiveStatus } from '../live/live-events.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { LinkButton } from '../ui/links.js';
import { isUnderWay } from '../ui/publication-state.js';
import { QueryView } from '../ui/query-view.js';
import { StateBadge } from '../ui/state-badge.js';
import classes from './start.module.css';

/** While no change is told live, the post is looked at this often. */
const LOOK_MS = 3000;

interface WatchStepProps {
  workspaceId: string;
  channels: readonly Channel[];
  postId: string;
  onAnother: () => void;
}

/** The publications of the post as they go out. */
export function WatchStep({ workspaceId, channels, postId, onAnother }: WatchStepProps) {
  const live = useLiveStatus();
  const query = useQuery({
    ...postQuery(postId),
    refetchInterval: ({ state }) => (live !== 'live' && isGoingOut(state.data?.data) ? LOOK_MS : false),
  });
  return (
    <QueryView query={query} skeleton={<Skeleton height={150} />}>
      {({ data: post }) => (
        <Stack gap="md">
          <Text size="sm" role="status">
            {summaryOf(post)}
          </Text>
          <ul className={classes['list']} aria-label="Where it goes">
            {post.publications.map((publication) => (
              <PublicationRow
                key={publication.id}
                publication={publication}
                channel={channels.find(({ id }) => id === publication.channelId)}
              />
            ))}
          </ul>
          {!isGoingOut(post) && (
            <Onwards workspaceId={workspaceId} post={post} channels={channels} onAnother={onAnother} />
          )}
        </Stack>
      )}
    </QueryView>
  );
}

/** Whether some of it is still on its way. */
export function isGoingOut(post: Post | undefined): boolean {
  return post?.publications.some(({ state }) => isUnderWay(state)) ?? true;
}

function summaryOf(post: Post): string {
  const out = post.publications.filter(({ state }) => state === 'published').length;
  const all = post.publications.length;
  if (isGoingOut(post)) return `${out} of ${all} published. This page follows by itself.`;
  if (out === all) return `Your post is out on ${all === 1 ? 'one channel' : `all ${all} channels`}.`;
  return `${out} of ${all} published. The post’s page says what happened to the rest and what to do.`;
}

interface PublicationRowProps {
  publication: Post['publications'][number];
  channel: Channel | undefined;
}

function PublicationRow({ publication: { state, permalink, failure }, channel }: PublicationRowProps) {
  return (
    <li className={classes['row']}>
      {channel ? <ChannelLabel channel={channel} /> : <Text size="sm">A channel that is no longer here</Text>}
      <Group gap="sm">
        {permalink && channel && (
          <Anchor
            href={permalink}
            target="_blank"
            rel="noreferrer"
            size="sm"
            aria-label={`Open the post: ${channel.name}`}
          >
            <Group gap={4} wrap="nowrap" component="span">
              Open <IconExternalLink size={14} aria-hidden />
            </Group>
          </Anchor>
        )}
        <StateBadge state={state} />
      </Group>
      {failure && (
        <Text size="sm" c="dimmed" w="100%">
          {failure.message} {failure.remedy}
        </Text>
      )}
    </li>
  );
}

interface OnwardsProps {
  workspaceId: string;
  post: Post;
  channels: readonly Channel[];
  onAnother: () => void;
}

function Onwards({ workspaceId, post, channels, onAnother }: OnwardsProps) {
  const practised = post.publications.some(
    ({ channelId }) => channels.find(({ id }) => id === channelId)?.practice === true,
  );
  return (
    <Group gap="sm">
      {practised && (
        <LinkButton to="/practice" rightSection={<IconArrowRight size={16} aria-hidden />}>
          See it in the practice feed
        </LinkButton>
      )}
      <LinkButton variant="default" to="/w/$workspaceId/calendar" params={{ workspaceId }}>
        Go to the calendar
      </LinkButton>
      <LinkButton variant="default" to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: post.id }}>
        Read what happened
      </LinkButton>
      <Button variant="subtle" onClick={onAnother}>
        Write another
      </Button>
    </Group>
  );
}
