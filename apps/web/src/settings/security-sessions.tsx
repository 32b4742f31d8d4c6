import { Badge, Button, Group, Skeleton, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { QueryView } from '../ui/query-view.js';
import { TimeText } from '../ui/time-text.js';
import { type Session, sessionsQuery } from './security-queries.js';
import rows from '../ui/rows.module.css';

const ROW_HEIGHT = 64;

/** The browsers in which the person is signed in. */
export function SessionList() {
  const query = useQuery(sessionsQuery);
  return (
    <QueryView query={query} skeleton={<Skeleton height={ROW_HEIGHT} mt="sm" />}>
      {(sessions) => (
        <>
          <ul className={rows['list']}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          {sessions.length > 1 && <EndOthers />}
        </>
      )}
    </QueryView>
  );
}

function SessionRow({ session: { id, device, ip, lastSeenAt, current } }: { session: Session }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/v1/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => notifyDone(`${device} is signed out.`),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Group gap="xs">
          <Text fw={600}>{device}</Text>
          {current && (
            <Badge variant="default" tt="none">
              This browser
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {ip !== null && `${ip} · `}
          last seen <TimeText at={lastSeenAt} />
        </Text>
      </div>
      {!current && (
        <Button
          variant="default"
          leftSection={<IconLogout size={16} aria-hidden />}
          aria-label={`Sign out ${device}`}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}

function EndOthers() {
  const queryClient = useQueryClient();
  const end = async () => {
    const agreed = await confirm({
      title: 'Sign out everywhere else?',
      children: 'This browser stays signed in. API keys go on working.',
      confirm: 'Sign out everywhere else',
    });
    if (!agreed) return;
    try {
      await answer(api.DELETE('/v1/auth/sessions'));
      notifyDone('You are signed out everywhere else.');
    } catch (error) {
      notifyError(error);
    }
    await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  return (
    <Button variant="default" onClick={() => void end()}>
      Sign out everywhere else
    </Button>
  );
}
