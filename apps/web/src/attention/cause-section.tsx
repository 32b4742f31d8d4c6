import { Badge, Button, Card, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import { mayRetry } from '../posts/permitted.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { LATE_LOOK, STATE_LOOKS } from '../ui/publication-state.js';
import classes from './attention.module.css';
import { AttentionRow } from './attention-row.js';
import { MendChannels } from './mend-channels.js';
import { type AttentionItem, type CauseCount, itemsQuery } from './queries.js';

interface CauseSectionProps {
  cause: CauseCount;
  workspace: string | undefined;
  /** It is the only one shown. */
  alone: boolean;
  onRetryAll: (items: readonly AttentionItem[]) => void;
  /** Retries are on their way. */
  retrying: boolean;
}

/** One cause: what is wrong, what to do, and every publication that it stops. */
export function CauseSection({ cause, workspace, alone, onRetryAll, retrying }: CauseSectionProps) {
  const heading = useId();
  const list = useRef<HTMLUListElement>(null);
  const query = useInfiniteQuery(itemsQuery(cause.cause, workspace));
  const items = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const retryable = items.filter(mayRetry);
  return (
    <Card component="section" aria-labelledby={heading} data-cause={cause.cause}>
      <Stack gap="sm">
        <CauseHead cause={cause} heading={heading} workspace={workspace} alone={alone} />
        <Group gap="xs" className={classes['mend'] ?? ''}>
          <MendChannels cause={cause.cause} items={items} />
          {cause.state === 'failed' && retryable.length > 1 && (
            <Button
              size="sm"
              variant="default"
              disabled={retrying}
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => onRetryAll(retryable)}
            >
              Retry all {retryable.length} shown
            </Button>
          )}
        </Group>
        {query.isPending && <Skeleton height={Math.min(cause.count, 4) * 76} />}
        {query.isError && items.length === 0 && (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
        <ul className={classes['rows']} ref={list} tabIndex={-1} aria-label={cause.title}>
          {items.map((item) => (
            <AttentionRow key={item.id} item={item} onGone={() => list.current?.focus({ preventScroll: true })} />
          ))}
        </ul>
        {query.hasNextPage && (
          <Button
            variant="subtle"
            size="sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </Stack>
    </Card>
  );
}

interface CauseHeadProps {
  cause: CauseCount;
  heading: string;
  workspace: string | undefined;
  alone: boolean;
}

function CauseHead({ cause: { cause, state, count, title, remedy }, heading, workspace, alone }: CauseHeadProps) {
  const look = state === 'late' ? LATE_LOOK : STATE_LOOKS[state];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={look.color} size={34} radius="xl" aria-hidden className={classes['sign'] ?? ''}>
        <look.icon size={18} stroke={1.9} />
      </ThemeIcon>
      <div className={classes['words']}>
        <Group gap="xs">
          <Title order={2} size="h3" id={heading}>
            {title}
          </Title>
          <Badge color="gray" variant="light" c="inherit" tt="none">
            {count}
          </Badge>
          {!alone && (
            <TextLink
              to="/attention"
              search={{ cause, ...(workspace !== undefined && { workspace }) }}
              size="sm"
              ml="auto"
              className={classes['only'] ?? ''}
            >
              Only this<span className="visually-hidden">: {title}</span>
            </TextLink>
          )}
        </Group>
        <Text size="sm" c="dimmed" mt={2}>
          {remedy}
        </Text>
      </div>
    </Group>
  );
}
