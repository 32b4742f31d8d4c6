import { Button, Skeleton, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { TimeText } from '../ui/time-text.js';
import { type ApiKey, apiKeysQuery } from './api-keys.js';
import { NewApiKey } from './new-api-key.js';
import { Section } from './section.js';
import classes from './settings.module.css';

const ROW_HEIGHT = 64;

/** Keys by which programs act for the person. */
export function ApiKeysSection() {
  const query = useInfiniteQuery(apiKeysQuery);
  const keys = query.data?.pages.flatMap(({ data }) => data);
  return (
    <Section
      title="API keys"
      description={
        <>
          A program with a key may do what you may do. Everything that ClickPost does, its API does:{' '}
          <a href="/docs">API documentation</a>.
        </>
      }
    >
      {keys === undefined && !query.error && <Skeleton height={ROW_HEIGHT} />}
      {keys === undefined && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {keys?.length === 0 && <Text size="sm">You have no keys yet.</Text>}
      {keys !== undefined && keys.length > 0 && (
        <ul className={classes['list']}>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <NewApiKey />
    </Section>
  );
}

function KeyRow({ apiKey: { id, name, createdAt, lastUsedAt } }: { apiKey: ApiKey }) {
  const queryClient = useQueryClient();
  const remove = async () => {
    const agreed = await confirm({
      title: `Delete the key ${name}?`,
      children: 'Programs that use it are refused from now on. A key that was deleted cannot be brought back.',
      confirm: 'Delete key',
      danger: true,
      dismiss: 'Keep it',
    });
    if (!agreed) return;
    try {
      await answer(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }));
      await queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
      notifyDone(`The key ${name} is deleted.`);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <li className={classes['row']}>
      <div className={classes['about']}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed" component="div">
          Created <TimeText at={createdAt} />
          {' · '}
          {lastUsedAt ? (
            <>
              last used <TimeText at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </Text>
      </div>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        aria-label={`Delete the key ${name}`}
        onClick={() => void remove()}
      >
        Delete
      </Button>
    </li>
  );
}
