import { Group, Stack, Text } from '@mantine/core';
import { useWorkspace } from '../app/workspace.js';
import { TimeText } from '../ui/time-text.js';
import { usedBy } from './connection-words.js';
import classes from './channels.module.css';
import { type Connection } from './connections.js';

interface ConnectionFactsProps {
  connection: Connection;
  /** Whose it is, as its card says. */
  name: string;
}

/** How a sign-in fares: until when, what it allows, when it last worked, and what hangs on it. */
export function ConnectionFacts({ connection: { account, scopes, health, status }, name }: ConnectionFactsProps) {
  return (
    <details className={`${classes['details']} ${classes['foot']}`}>
      <summary>
        About the sign-in<span className="visually-hidden"> of {name}</span>
      </summary>
      <dl className={classes['facts']}>
        <dt>Account</dt>
        <dd>{account ? [account.name, account.handle].filter(Boolean).join(' · ') || account.id : 'Not known yet'}</dd>
        <dt>Valid</dt>
        <dd>
          <Validity status={status} health={health} />
        </dd>
        <dt>Permissions</dt>
        <dd>{scopes.length > 0 ? scopes.join(', ') : 'The network names none; whoever signs in may publish.'}</dd>
        {health.missingScopes.length > 0 && (
          <>
            <dt>Missing</dt>
            <dd>
              {health.missingScopes.map(({ scope, feature }) => (
                <div key={scope}>
                  {scope}: {feature}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>Last worked</dt>
        <dd>{health.lastSuccessAt ? <At at={health.lastSuccessAt} /> : 'Not yet'}</dd>
        <dt>Last failure</dt>
        <dd>
          <LastFailure failure={health.lastFailure} />
        </dd>
        <dt>Used by</dt>
        <dd>{usedBy(health)}</dd>
      </dl>
    </details>
  );
}

function At({ at }: { at: string }) {
  return <TimeText at={at} zone={useWorkspace().timeZone} />;
}

function Validity({
  status,
  health: { validUntil, renewsAt, renewFailures, expiryNote },
}: Pick<Connection, 'status' | 'health'>) {
  if (status === 'disconnected') return 'No longer';
  if (validUntil === null) return 'Until it is withdrawn';
  return (
    <Stack gap={0}>
      <Group component="span" gap={4}>
        Until <At at={validUntil} />
      </Group>
      {expiryNote !== null && <Text inherit>{expiryNote} ends then. Reconnect before, and everything goes on.</Text>}
      {renewsAt && (
        <Group component="span" gap={4}>
          {renewFailures > 0 ? 'Renewing did not work; it is tried again' : 'Renewed by itself'} <At at={renewsAt} />
        </Group>
      )}
    </Stack>
  );
}

function LastFailure({ failure: last }: { failure: Connection['health']['lastFailure'] }) {
  if (!last) return 'None';
  const { message, remedy } = last.failure;
  return (
    <Stack gap={0}>
      <At at={last.at} />
      <Text inherit>
        {message} {remedy}
      </Text>
    </Stack>
  );
}
