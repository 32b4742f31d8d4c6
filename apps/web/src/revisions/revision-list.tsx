import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Schema } from '../api/client.js';
import { type Post } from '../api/queries.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { TimeText } from '../ui/time-text.js';
import { Changes } from './changes.js';
import { revisionsQuery } from './queries.js';
import classes from './revisions.module.css';

/** Who changed a post when, and what. Nothing where nobody has. */
export function RevisionList({ post }: { post: Post }) {
  const query = useInfiniteQuery({ ...revisionsQuery(post.id), enabled: post.revision > 1 });
  if (post.revision === 1 || !query.data) return <ProblemAlert error={query.error} />;
  return (
    <Card component="section" aria-label="Revisions">
      <Stack gap="sm">
        <Title order={2} size="h3">
          Revisions
        </Title>
        <ol className={classes['revisions']} reversed>
          {query.data.pages
            .flatMap(({ data }) => data)
            .map((revision) => (
              <RevisionRow key={revision.number} postId={post.id} revision={revision} />
            ))}
        </ol>
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older ones
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function RevisionRow({ postId, revision }: { postId: string; revision: Schema<'RevisionDto'> }) {
  const { number, author, createdAt } = revision;
  const [open, setOpen] = useState(false);
  const details = useId();
  const Sign = open ? IconChevronUp : IconChevronDown;
  return (
    <li className={classes['revision']}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text size="sm" fw={600}>
            Revision {number}
          </Text>
          <Text size="xs" c="dimmed">
            {author.name ?? 'Somebody'}, <TimeText at={createdAt} />
          </Text>
        </div>
        {number === 1 ? (
          <Text size="sm" c="dimmed">
            Written
          </Text>
        ) : (
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={open}
            aria-controls={open ? details : undefined}
            aria-label={`What changed with revision ${number}`}
            rightSection={<Sign size={15} aria-hidden />}
            onClick={() => setOpen(!open)}
          >
            What changed
          </Button>
        )}
      </Group>
      {open && (
        <div id={details} className={classes['details']}>
          <Changes postId={postId} from={number - 1} to={number} />
        </div>
      )}
    </li>
  );
}
