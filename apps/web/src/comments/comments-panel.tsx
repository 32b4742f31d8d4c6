import { Button, Card, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { type Post } from '../api/queries.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useComments } from './comments-context.js';
import classes from './comments.module.css';
import { numbersOf } from './places.js';
import { PostCommentForm } from './post-comment-form.js';
import { PostThread } from './post-thread.js';
import { type Comment, commentsQuery, type NewAnchor } from './queries.js';

/** What people say about a post, and where they say more. */
export function CommentsPanel({ post }: { post: Post }) {
  const query = useQuery(commentsQuery(post.id));
  const comments = useComments();
  if (!comments) return null;
  const { threads } = comments;
  const open = threads.filter(({ resolvedAt }) => resolvedAt === null);
  const resolved = threads.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <Card component="section" aria-label="Comments">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h3">
            Comments
          </Title>
          <Text size="sm" c="dimmed">
            {open.length === 1 ? '1 open thread' : `${open.length} open threads`}
          </Text>
        </Group>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.data && threads.length === 0 && (
          <Text size="sm" c="dimmed">
            Nobody has said anything yet.
          </Text>
        )}
        <Threads post={post} threads={open} label="Open threads" />
        <Resolved post={post} threads={resolved} />
        {comments.mayComment && <NewThread post={post} />}
      </Stack>
    </Card>
  );
}

interface ThreadsProps {
  post: Post;
  threads: readonly Comment[];
  label: string;
}

function Threads({ post, threads, label }: ThreadsProps) {
  const comments = useComments();
  if (threads.length === 0) return null;
  const numbers = numbersOf(comments?.threads ?? []);
  return (
    <ul className={classes['threads']} aria-label={label}>
      {threads.map((thread) => (
        <PostThread key={thread.id} post={post} thread={thread} number={numbers.get(thread.id)} />
      ))}
    </ul>
  );
}

function Resolved({ post, threads }: Omit<ThreadsProps, 'label'>) {
  const [shown, setShown] = useState(false);
  const listId = useId();
  if (threads.length === 0) return null;
  const Sign = shown ? IconChevronUp : IconChevronDown;
  return (
    <div>
      <Button
        size="xs"
        variant="subtle"
        className={classes['flushWide'] ?? ''}
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        rightSection={<Sign size={15} aria-hidden />}
        onClick={() => setShown(!shown)}
      >
        {threads.length === 1 ? '1 resolved thread' : `${threads.length} resolved threads`}
      </Button>
      {shown && (
        <div id={listId} className={classes['folded']}>
          <Threads post={post} threads={threads} label="Resolved threads" />
        </div>
      )}
    </div>
  );
}

/** Where a thread begins, about what was selected in the text where something was. */
function NewThread({ post }: { post: Post }) {
  const comments = useComments();
  const place = comments?.place;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place || place.type !== 'text') return;
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }, [place]);
  const anchor = place?.type === 'text' ? place : undefined;
  return (
    <div ref={box}>
      <PostCommentForm
        post={post}
        label="Your comment"
        anchor={anchor}
        about={anchor && <Quote anchor={anchor} onDrop={() => comments?.setPlace(undefined)} />}
        onSent={() => comments?.dropPlace(anchor)}
      />
    </div>
  );
}

function Quote({ anchor, onDrop }: { anchor: NewAnchor; onDrop: () => void }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
      <div>
        <Text size="xs" c="dimmed" mb={2}>
          About
        </Text>
        <blockquote className={classes['quote']}>{anchor.quote}</blockquote>
      </div>
      <CloseButton size={40} aria-label="Comment on the post as a whole" onClick={onDrop} />
    </Group>
  );
}
