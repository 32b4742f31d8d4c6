import { Button, Card, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconNotes } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelsQuery, type Post, type PublicationSummary } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { PublicationCard } from './publication-card.js';

/** Of more than these, each says in a line or two how it stands, and those that want somebody say everything. */
const MANY = 4;

/** What became of a post on each channel. Cancelled publications are folded away. */
export function Publications({ post }: { post: Post }) {
  const { data: channels = [] } = useQuery(channelsQuery(post.workspaceId));
  const position = (id: string) => post.channels.findIndex((target) => target.id === id);
  const sorted = post.publications.toSorted((a, b) => position(a.channelId) - position(b.channelId));
  const living = sorted.filter(({ state }) => state !== 'cancelled');
  const cancelled = sorted.filter(({ state }) => state === 'cancelled');
  const isMany = living.length > MANY;
  const card = (publication: PublicationSummary) => (
    <PublicationCard
      key={publication.id}
      summary={publication}
      channel={channels.find(({ id }) => id === publication.channelId)}
      opened={living.length === 1 && publication.state !== 'cancelled'}
      foldable={isMany}
    />
  );
  return (
    <Stack gap={isMany ? 'xs' : 'md'}>
      {living.length === 0 && <NothingScheduled post={post} />}
      {living.map(card)}
      {cancelled.length > 0 && <Folded count={cancelled.length}>{cancelled.map(card)}</Folded>}
    </Stack>
  );
}

function NothingScheduled({ post }: { post: Post }) {
  const mayEdit = useMay('posts.write');
  return (
    <Card>
      <EmptyState
        icon={IconNotes}
        title="This is a draft"
        action={
          mayEdit && (
            <LinkButton
              to="/w/$workspaceId/compose/$postId"
              params={{ workspaceId: post.workspaceId, postId: post.id }}
            >
              Go on writing
            </LinkButton>
          )
        }
      >
        Choose channels and a time in the composer. Then this screen tells what becomes of it.
      </EmptyState>
    </Card>
  );
}

function Folded({ count, children }: { count: number; children: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  const Sign = open ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap="md" align="stretch">
      <Button
        variant="subtle"
        color="gray"
        c="dimmed"
        justify="flex-start"
        aria-expanded={open}
        leftSection={<Sign size={16} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        <Text size="sm" component="span">
          {count === 1 ? '1 cancelled publication' : `${count} cancelled publications`}
        </Text>
      </Button>
      {open && children}
    </Stack>
  );
}
