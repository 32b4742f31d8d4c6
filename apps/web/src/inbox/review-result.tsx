import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type DecisionResult, type InboxItem } from './queries.js';
import classes from './review-result.module.css';
import { nameOf, posts } from './words.js';

interface ReviewResultProps {
  items: readonly InboxItem[];
  results: readonly DecisionResult[];
  onLookAgain: (postId: string) => void;
  onClose: () => void;
}

/** Which posts were approved, and which were not and why. */
export function ReviewResult({ items, results, onLookAgain, onClose }: ReviewResultProps) {
  const done = results.filter(({ outcome }) => outcome === 'done');
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  const name = (id: string) => {
    const item = items.find(({ postId }) => postId === id);
    return item ? `${item.workspace.name}: ${nameOf(item)}` : 'A post';
  };
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        You approved {posts(done.length)}. {posts(refused.length)} could not be approved.
      </Text>
      <Title order={3} size="h5">
        Not approved
      </Title>
      <ul className={classes['list']}>
        {refused.map(({ postId, problem }) => (
          <li key={postId} className={classes['row']}>
            <IconCircleX className={classes['refused']} size={20} aria-hidden />
            <div className={classes['words']}>
              <Text size="sm" fw={600} id={`refused-${postId}`}>
                {name(postId)}
              </Text>
              <Text size="sm">{problem?.detail}</Text>
            </div>
            {problem?.contentHash !== undefined && (
              <Button
                variant="default"
                size="sm"
                aria-describedby={`refused-${postId}`}
                onClick={() => onLookAgain(postId)}
              >
                Look again
              </Button>
            )}
          </li>
        ))}
      </ul>
      {done.length > 0 && (
        <>
          <Title order={3} size="h5">
            Approved
          </Title>
          <ul className={classes['list']}>
            {done.map(({ postId }) => (
              <li key={postId} className={classes['row']}>
                <IconCircleCheck className={classes['done']} size={20} aria-hidden />
                <Text size="sm">{name(postId)}</Text>
              </li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
