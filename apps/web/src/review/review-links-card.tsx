import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconClockOff, IconLinkOff, IconLinkPlus, IconLock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Post } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { CopyButton } from '../ui/copy-button.js';
import { type Look, LookBadge } from '../ui/look-badge.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import rows from '../ui/rows.module.css';
import { TimeText } from '../ui/time-text.js';
import { type ReviewLink, reviewLinksQuery, revokeReviewLink } from './queries.js';
import { ReviewLinkDialog } from './review-link-dialog.js';

const LOOKS: Readonly<Record<ReviewLink['state'], Look>> = {
  open: { word: 'Open', color: 'teal', icon: IconCircleCheck },
  expired: { word: 'Expired', color: 'gray', icon: IconClockOff },
  revoked: { word: 'Revoked', color: 'gray', icon: IconLinkOff },
};

/** The links by which clients see a post, for those who may give them out. */
export function ReviewLinksCard({ post }: { post: Post }) {
  const isShown = useMay('posts.share', post.workspaceId);
  return isShown ? <Links post={post} /> : null;
}

function Links({ post }: { post: Post }) {
  const query = useQuery(reviewLinksQuery(post.id));
  const [opened, setOpened] = useState(false);
  const links = query.data;
  return (
    <Card component="section" aria-label="Review links">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3">
            Review links
          </Title>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconLinkPlus size={16} aria-hidden />}
            onClick={() => setOpened(true)}
          >
            New link
          </Button>
        </Group>
        {links === undefined && !query.error && <Skeleton height={40} />}
        {links === undefined && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {links?.length === 0 && (
          <Text size="sm" c="dimmed">
            With a link, a client sees this post as it will go out, comments on it and decides about it. They need no
            account.
          </Text>
        )}
        {links !== undefined && links.length > 0 && (
          <ul className={rows['list']}>
            {links.map((link) => (
              <LinkRow key={link.id} postId={post.id} link={link} />
            ))}
          </ul>
        )}
      </Stack>
      {opened && <ReviewLinkDialog post={post} onClose={() => setOpened(false)} />}
    </Card>
  );
}

function LinkRow({ postId, link }: { postId: string; link: ReviewLink }) {
  const { name, email, state, address, passcode, expiresAt, lastUsedAt } = link;
  const who = name ?? email ?? 'Whoever has the link';
  const revoke = useRevoke(postId, link, who);
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {who}
          </Text>
          <LookBadge look={LOOKS[state]} />
          {passcode && <IconLock size={16} role="img" aria-label="With a passcode" />}
        </Group>
        {name !== null && email !== null && <Text size="sm">{email}</Text>}
        {email === null && <Text size="sm">Looks and comments, does not decide</Text>}
        <Text size="sm" c="dimmed" component="div">
          {lastUsedAt ? (
            <>
              Used <TimeText at={lastUsedAt} />
            </>
          ) : (
            'Not used yet'
          )}
          {state === 'open' && (
            <>
              {' · until '}
              <TimeText at={expiresAt} />
            </>
          )}
        </Text>
      </div>
      {state === 'open' && (
        <Group gap="xs">
          <CopyButton variant="default" text={() => address} label="Copy link" />
          <Button variant="default" size="xs" aria-label={`Revoke the link of ${who}`} onClick={() => void revoke()}>
            Revoke
          </Button>
        </Group>
      )}
    </li>
  );
}

function useRevoke(postId: string, { id }: ReviewLink, who: string): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const agreed = await confirm({
      title: 'Revoke this link?',
      children: `${who} sees nothing by it from now on. What was said and decided stays. You can make a new link at any time.`,
      confirm: 'Revoke link',
      danger: true,
      dismiss: 'Keep it',
    });
    if (!agreed) return;
    try {
      await revokeReviewLink(postId, id);
      await queryClient.invalidateQueries({ queryKey: reviewLinksQuery(postId).queryKey });
      notifyDone('The link is revoked.');
    } catch (error) {
      notifyError(error);
    }
  };
}
