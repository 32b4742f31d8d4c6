import { Badge, Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMessage2 } from '@tabler/icons-react';
import { type Ref, useState } from 'react';
import { span } from '../posts/timeline/distance.js';
import { TextLink } from '../ui/links.js';
import { TimeText } from '../ui/time-text.js';
import { useNow } from '../ui/use-now.js';
import classes from './inbox-card.module.css';
import { PostPreviews } from './post-previews.js';
import { type Decision, type InboxItem } from './queries.js';
import { WaitingNote } from './waiting-note.js';
import { dueWords, nameOf } from './words.js';

const MINUTE_MS = 60_000;

/** What somebody wants to decide about a post, as it was on the screen when they chose to. */
export type Deciding = Pick<Decision, 'postId' | 'decision' | 'contentHash'>;

interface InboxCardProps {
  item: InboxItem;
  ref: Ref<HTMLElement>;
  chosen: boolean;
  /** Whether several are being chosen: then the buttons of one stay where they are. */
  choosing: boolean;
  onChoose: () => void;
  onDecide: (deciding: Deciding) => void;
}

/** A post that waits for an approval: where and when it goes out, what it will look like, and what to do about it. */
export function InboxCard({ item, ref, chosen, choosing, onChoose, onDecide }: InboxCardProps) {
  const { postId, contentHash, workspace, mayDecide } = item;
  const name = nameOf(item);
  const titleId = `approval-${postId}`;
  const decide = (decision: Decision['decision']) => onDecide({ postId, decision, contentHash });
  return (
    <article ref={ref} tabIndex={-1} className={classes['card']} aria-labelledby={titleId} data-post={postId}>
      <div className={classes['head']}>
        {mayDecide && (
          <Checkbox
            className={classes['check'] ?? ''}
            checked={chosen}
            onChange={onChoose}
            aria-label={`Choose: ${name}`}
          />
        )}
        <div className={classes['facts']}>
          <Group gap="xs" justify="space-between">
            <Title order={2} size="h4" id={titleId}>
              {workspace.name}
              <span className="visually-hidden">: {name}</span>
            </Title>
            <DueText item={item} />
          </Group>
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed">
              {item.requestedBy.name ?? 'Somebody'} asked · {item.step.name} · <Since item={item} />
            </Text>
            <TextLink
              className={classes['open'] ?? ''}
              aria-describedby={titleId}
              size="sm"
              to="/w/$workspaceId/posts/$postId"
              params={{ workspaceId: workspace.id, postId }}
            >
              Open post
            </TextLink>
          </Group>
          {!mayDecide && (
            <Text size="sm" component="div">
              <WaitingNote approval={item} />
            </Text>
          )}
        </div>
      </div>
      <Changed contentHash={contentHash} />
      <PostPreviews item={item} />
      {mayDecide && (
        <div className={classes['actions']} data-choosing={choosing || undefined}>
          <Button
            leftSection={<IconCheck size={16} aria-hidden />}
            onClick={() => decide('approve')}
            aria-describedby={titleId}
          >
            Approve
          </Button>
          <Button
            variant="default"
            leftSection={<IconMessage2 size={16} aria-hidden />}
            onClick={() => decide('request-changes')}
          >
            Ask for changes
          </Button>
        </div>
      )}
    </article>
  );
}

/** When it goes out, seen from now. */
export function DueText({ item: { dueAt, timeZone, overdue } }: { item: InboxItem }) {
  const now = useNow(MINUTE_MS / 2);
  if (dueAt === null) {
    return (
      <Text size="sm" c="dimmed">
        A draft without a time
      </Text>
    );
  }
  const isOverdue = overdue || Date.parse(dueAt) < now;
  return (
    <Group gap="xs">
      {isOverdue && (
        <Badge
          color="red"
          variant="light"
          tt="none"
          radius="sm"
          leftSection={<IconAlertTriangle size={13} aria-hidden />}
        >
          Overdue
        </Badge>
      )}
      <Text size="sm" component="span">
        Due {dueWords(dueAt, now)}{' '}
        <Text span c="dimmed" inherit>
          · <TimeText at={dueAt} zone={timeZone} />
        </Text>
      </Text>
    </Group>
  );
}

function Since({ item: { since } }: { item: InboxItem }) {
  const now = useNow(MINUTE_MS / 2);
  return <>waiting {span(now - Date.parse(since))}</>;
}

/** Says that what is on the screen is not what was there before. */
function Changed({ contentHash }: { contentHash: string }) {
  const [first] = useState(contentHash);
  return (
    <Text size="sm" fw={550} role="status" className={classes['changed']} hidden={first === contentHash}>
      {first !== contentHash && 'Somebody changed this post while you were here. This is the present version.'}
    </Text>
  );
}
