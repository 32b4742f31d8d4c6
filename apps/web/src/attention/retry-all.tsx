import { Alert, CloseButton, Group, List, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { describeError } from '../api/problem.js';
import { sendChange } from '../posts/actions.js';
import { type AttentionItem } from './queries.js';

/** Several retries, one after the other. */
export interface RetryRun {
  total: number;
  done: number;
  /** What was refused, and why. */
  refused: { id: string; text: string; why: string }[];
}

/** Retries publications one after the other, and keeps what became of it beyond the rows, which disappear meanwhile. */
export function useRetryAll() {
  const queryClient = useQueryClient();
  const [run, setRun] = useState<RetryRun>();
  const busy = useRef(false);
  const start = async (items: readonly AttentionItem[]) => {
    if (busy.current) return;
    busy.current = true;
    let state: RetryRun = { total: items.length, done: 0, refused: [] };
    setRun(state);
    for (const item of items) {
      const why = await refusalOf(item.id);
      const refused = why === undefined ? state.refused : [...state.refused, { id: item.id, text: item.text, why }];
      state = { ...state, done: state.done + 1, refused };
      setRun(state);
    }
    busy.current = false;
    await Promise.all(
      [['attention'], ['publication'], ['post']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );
  };
  return { run, start, dismiss: () => setRun(undefined) };
}

async function refusalOf(id: string): Promise<string | undefined> {
  try {
    await sendChange(id, { kind: 'retry' });
    return undefined;
  } catch (error) {
    return describeError(error).detail;
  }
}

/** How far the retries are, and at the end what was refused. */
export function RetryAllStatus({ run, onDismiss }: { run: RetryRun | undefined; onDismiss: () => void }) {
  return (
    <div role="status">
      {run && (run.done < run.total ? <Running run={run} /> : <Summary run={run} onDismiss={onDismiss} />)}
    </div>
  );
}

function Running({ run: { done, total } }: { run: RetryRun }) {
  return (
    <Alert color="iris" mb="md" icon={<IconRefresh aria-hidden />} title={`Retrying ${done + 1} of ${total}`}>
      <Progress value={(done / total) * 100} aria-label="Retries" />
    </Alert>
  );
}

function Summary({ run: { total, refused }, onDismiss }: { run: RetryRun; onDismiss: () => void }) {
  const accepted = total - refused.length;
  const title = accepted === 1 ? 'One is tried again now' : `${accepted} are tried again now`;
  return (
    <Alert mb="md" color={refused.length === 0 ? 'teal' : 'orange'} icon={<IconCircleCheck aria-hidden />}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4}>
          <Text fw={600} size="sm">
            {accepted === 0 ? 'None could be tried again' : title}
          </Text>
          {refused.length > 0 && (
            <List size="sm">
              {refused.map(({ id, text, why }) => (
                <List.Item key={id}>
                  {text.slice(0, 60) || 'A post without text'}: {why}
                </List.Item>
              ))}
            </List>
          )}
        </Stack>
        <CloseButton aria-label="Dismiss" onClick={onDismiss} />
      </Group>
    </Alert>
  );
}
