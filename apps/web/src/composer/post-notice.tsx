import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type Channel, type Post } from '../api/queries.js';
import { TextLink } from '../ui/links.js';
import { isOut, STATE_LOOKS } from '../ui/publication-state.js';

interface PostNoticeProps {
  post: Post;
  channels: readonly Channel[];
  isScheduled: boolean;
}

/** What can still be changed of a post that is scheduled, failed or partly out. */
export function PostNotice({ post, channels, isScheduled }: PostNoticeProps) {
  const living = post.publications.filter(({ state }) => state !== 'cancelled');
  if (!isScheduled || living.length === 0) return null;
  const out = living.filter(({ state }) => isOut(state));
  const nameOf = (id: string) => channels.find((channel) => channel.id === id)?.name ?? 'a channel';
  const words = out.map(({ channelId, state }) => `${nameOf(channelId)} (${STATE_LOOKS[state].word.toLowerCase()})`);
  const params = { workspaceId: post.workspaceId, postId: post.id };
  return (
    <Alert color={out.length > 0 ? 'yellow' : 'iris'} icon={<IconInfoCircle aria-hidden />} mb="md" py="xs">
      <Text size="sm">
        {out.length === 0 && 'This post is scheduled. Changes reach it when you save them.'}
        {out.length > 0 &&
          out.length < living.length &&
          `Changes do not reach what is out already: ${words.join(', ')}. They apply to the other channels.`}
        {out.length > 0 &&
          out.length === living.length &&
          `Nothing of this post can be changed any more: ${words.join(', ')}.`}{' '}
        <TextLink
          inherit
          to="/w/$workspaceId/posts/$postId"
          params={params}
          c="var(--clickpost-link)"
          underline="always"
        >
          See the post
        </TextLink>
      </Text>
    </Alert>
  );
}
