import { Badge, Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { useMay, useMe } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { TimeText } from '../ui/time-text.js';
import { ApiKeyDialog } from './api-keys-dialog.js';
import { actionsInWords, placesInWords } from './api-keys-scope.js';
import { API_KEYS, type ApiKey, apiKeysQuery } from './api-keys.js';
import keyClasses from './api-keys.module.css';
import { Section } from './section.js';
import rows from '../ui/rows.module.css';

const ROW_HEIGHT = 64;

/** Keys by which programs act for people: the person's own, and for those who oversee them, everybody's. */
export function ApiKeysSection() {
  const oversees = useMay('api-keys.oversee');
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState(false);
  const query = useInfiniteQuery(apiKeysQuery(all));
  const keys = query.data?.pages.flatMap(({ data }) => data);
  return (
    <Section
      title="API keys"
      description={
        <>
          A program with a key acts for you, within the limits that you give it. Everything that ClickPost does, its API
          does: <a href="/docs">API documentation</a>.
        </>
      }
    >
      {oversees && (
        <SegmentedControl
          className={keyClasses['choice'] ?? ''}
          aria-label="Whose keys"
          value={all ? 'all' : 'own'}
          onChange={(value) => setAll(value === 'all')}
          data={[
            { value: 'own', label: 'Mine' },
            { value: 'all', label: 'Everybody’s' },
          ]}
        />
      )}
      {keys === undefined && !query.error && <Skeleton height={ROW_HEIGHT} />}
      {keys === undefined && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {keys?.length === 0 && <Text size="sm">{all ? 'Nobody has a key yet.' : 'You have no keys yet.'}</Text>}
      {keys !== undefined && keys.length > 0 && (
        <ul className={rows['list']}>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} withOwner={all} />
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
      <div>
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpened(true)}>
          New API key
        </Button>
      </div>
      <ApiKeyDialog opened={opened} onClose={() => setOpened(false)} />
    </Section>
  );
}

function KeyRow({ apiKey, withOwner }: { apiKey: ApiKey; withOwner: boolean }) {
  const { workspaces } = useMe();
  const revoke = useRevoke(apiKey);
  const { name, member, createdAt, lastUsedAt, expiresAt, expired } = apiKey;
  const names = new Map(workspaces.map((workspace) => [workspace.id, workspace.name]));
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {expired && (
            <Badge color="gray" variant="light">
              Ended
            </Badge>
          )}
        </Group>
        <Text size="sm">
          {withOwner && `${member?.name ?? 'Somebody who has left'} · `}
          {sentence(actionsInWords(apiKey.actions))}, in {placesInWords(apiKey.workspaces, names)}
        </Text>
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
          {' · '}
          {expiresAt ? (
            <>
              {expired ? 'ended' : 'ends'} <TimeText at={expiresAt} />
            </>
          ) : (
            'does not end'
          )}
        </Text>
      </div>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        aria-label={`Revoke the key ${name}`}
        onClick={() => void revoke()}
      >
        Revoke
      </Button>
    </li>
  );
}

function useRevoke({ id, name }: ApiKey): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const agreed = await confirm({
      title: `Revoke the key ${name}?`,
      children: 'Programs that use it are refused from now on. A key that was revoked cannot be brought back.',
      confirm: 'Revoke key',
      danger: true,
      dismiss: 'Keep it',
    });
    if (!agreed) return;
    try {
      await answer(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }));
      await queryClient.invalidateQueries({ queryKey: API_KEYS });
      notifyDone(`The key ${name} is revoked.`);
    } catch (error) {
      notifyError(error);
    }
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
