import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconEye, IconPencil, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelsQuery, platformsQuery } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { usePublicationChange } from '../posts/actions.js';
import { mayRetry, needsCorrection } from '../posts/permitted.js';
import { ResolveDialog } from '../posts/resolve-dialog.js';
import { span } from '../posts/timeline/distance.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { LinkButton, TextLink } from '../ui/links.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { TimeText } from '../ui/time-text.js';
import { useNow } from '../ui/use-now.js';
import classes from './attention.module.css';
import { AttentionFacts } from './attention-facts.js';
import { type AttentionItem } from './queries.js';

interface AttentionRowProps {
  item: AttentionItem;
  /** It is one of those that something is to be done about. */
  chosen: boolean;
  onChoose: () => void;
  /** It was mended and leaves the list: the focus needs another place. */
  onGone: () => void;
}

/** One publication that waits for a person, and what to do about it. */
export function AttentionRow({ item, chosen, onChoose, onGone }: AttentionRowProps) {
  const { data: channels = [] } = useQuery(channelsQuery(item.workspaceId));
  const channel = channels.find(({ id }) => id === item.channelId);
  const mayMend = useMay('publications.mend', item.workspaceId);
  return (
    <li className={classes['row']} data-state={item.cause === 'late' ? 'late' : item.state}>
      {mayMend && (
        <Checkbox
          className={classes['check'] ?? ''}
          size="sm"
          checked={chosen}
          onChange={onChoose}
          aria-label={`Choose: ${item.text.trim().slice(0, 80) || 'A post without text'}, ${item.channelName}`}
        />
      )}
      <div className={classes['words']}>
        <TextLink
          to="/w/$workspaceId/posts/$postId"
          params={{ workspaceId: item.workspaceId, postId: item.postId }}
          className={classes['text'] ?? ''}
          c="inherit"
          size="sm"
          fw={550}
        >
          {item.text.trim() === '' ? 'A post without text' : item.text}
        </TextLink>
        <div className={classes['facts']}>
          <ChannelLabel channel={channel ?? { platform: item.platform, name: item.channelName }} size={18} />
          <span>{item.workspaceName}</span>
          <span>
            Due <TimeText at={item.dueAt} />
          </span>
          <Age item={item} />
        </div>
        {item.failure && (
          <Text size="sm" c="dimmed">
            {item.failure.message}
            {item.cause === 'late' && item.failure.retryAt && (
              <>
                {' '}
                It is tried again <TimeText at={item.failure.retryAt} />.
              </>
            )}
          </Text>
        )}
        <AttentionFacts item={item} />
      </div>
      <RowActions item={item} onGone={onGone} />
    </li>
  );
}

/** How long it has been so. */
function Age({ item: { cause, dueAt, updatedAt } }: { item: AttentionItem }) {
  const now = useNow();
  if (cause === 'late') return <span>{span(now - Date.parse(dueAt))} late</span>;
  return <span>For {span(now - Date.parse(updatedAt))}</span>;
}

function RowActions({ item, onGone }: Pick<AttentionRowProps, 'item' | 'onGone'>) {
  const mayWrite = useMay('posts.write', item.workspaceId);
  const mayMend = useMay('publications.mend', item.workspaceId);
  const { data: platforms = [] } = useQuery(platformsQuery);
  const change = usePublicationChange(item.id, item.postId);
  const [resolving, setResolving] = useState(false);
  const retry = () =>
    change.mutate(
      { kind: 'retry' },
      {
        onSuccess: () => {
          notifyDone('It is tried again now.');
          onGone();
        },
      },
    );
  return (
    <div className={classes['actions']}>
      <Group gap="xs" justify="flex-end">
        {mayWrite && needsCorrection(item) && (
          <LinkButton
            size="xs"
            to="/w/$workspaceId/compose/$postId"
            params={{ workspaceId: item.workspaceId, postId: item.postId }}
            leftSection={<IconPencil size={14} aria-hidden />}
          >
            Edit
          </LinkButton>
        )}
        {mayMend && item.state === 'unconfirmed' && (
          <Button size="xs" leftSection={<IconEye size={14} aria-hidden />} onClick={() => setResolving(true)}>
            Say whether it is there
          </Button>
        )}
        {mayMend && item.heldReason === 'held-by-person' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={change.isPending}
            onClick={() =>
              change.mutate(
                { kind: 'release' },
                {
                  onSuccess: () => {
                    notifyDone('It may go out again.');
                    onGone();
                  },
                },
              )
            }
          >
            Release
          </Button>
        )}
        {mayMend && mayRetry(item) && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={change.isPending}
            onClick={retry}
          >
            {item.state === 'scheduled' ? 'Try now' : 'Retry'}
          </Button>
        )}
        <LinkButton
          size="xs"
          variant="default"
          to="/w/$workspaceId/posts/$postId"
          params={{ workspaceId: item.workspaceId, postId: item.postId }}
        >
          Open
        </LinkButton>
      </Group>
      <ProblemAlert error={change.error} />
      {resolving && (
        <ResolveDialog
          publication={item}
          channelName={item.channelName}
          platformName={platforms.find(({ id }) => id === item.platform)?.name ?? item.platform}
          onClose={() => setResolving(false)}
        />
      )}
    </div>
  );
}
