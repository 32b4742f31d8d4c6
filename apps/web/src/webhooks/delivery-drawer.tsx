import { Button, Code, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import facts from '../settings/settings.module.css';
import { CopyButton } from '../ui/copy-button.js';
import { LookBadge } from '../ui/look-badge.js';
import { QueryView } from '../ui/query-view.js';
import { TimeText } from '../ui/time-text.js';
import { type DeliveryDetail, deliveryQuery } from './queries.js';
import { DELIVERY_LOOKS } from './state-looks.js';
import { type WebhookActions } from './use-webhook-actions.js';
import classes from './webhooks.module.css';
import { readable } from './words.js';

interface DeliveryDrawerProps {
  webhookId: string;
  /** The one that is open. */
  deliveryId: string | undefined;
  actions: WebhookActions;
  onClose: () => void;
}

/** What was sent, and what came of each try. */
export function DeliveryDrawer({ webhookId, deliveryId, actions, onClose }: DeliveryDrawerProps) {
  return (
    <Drawer
      opened={deliveryId !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        <Text span fw={650} size="lg">
          Delivery
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {deliveryId !== undefined && <Content webhookId={webhookId} deliveryId={deliveryId} actions={actions} />}
    </Drawer>
  );
}

function Content({ webhookId, deliveryId, actions }: Omit<DeliveryDrawerProps, 'onClose'> & { deliveryId: string }) {
  const query = useQuery(deliveryQuery(webhookId, deliveryId));
  return (
    <QueryView query={query} skeleton={<Skeleton height={420} />}>
      {(delivery) => (
        <Stack gap="lg">
          <About delivery={delivery} />
          <Group gap="xs">
            <Button loading={actions.repeat.isPending} onClick={() => actions.repeat.mutate(delivery.id)}>
              {delivery.state === 'waiting' ? 'Send it now' : 'Send it again'}
            </Button>
            <CopyButton text={() => delivery.payload} label="Copy what was sent" variant="default" size="sm" />
          </Group>
          <section>
            <Title order={2} size="h4" mb="xs">
              Tries
            </Title>
            <Tries delivery={delivery} />
          </section>
          <section>
            <Title order={2} size="h4" mb="xs">
              What was sent
            </Title>
            <Code block tabIndex={0} className={classes['payload'] ?? ''}>
              {readable(delivery.payload)}
            </Code>
          </section>
        </Stack>
      )}
    </QueryView>
  );
}

function About({ delivery }: { delivery: DeliveryDetail }) {
  const { type, state, messageId, createdAt, nextTryAt, lastError } = delivery;
  return (
    <dl className={facts['facts']}>
      <dt>Event</dt>
      <dd>{type}</dd>
      <dt>State</dt>
      <dd>
        <LookBadge look={DELIVERY_LOOKS[state]} state={state} />
      </dd>
      <dt>Happened</dt>
      <dd>
        <TimeText at={createdAt} />
      </dd>
      {nextTryAt && (
        <>
          <dt>Next try</dt>
          <dd>
            <TimeText at={nextTryAt} />
          </dd>
        </>
      )}
      {state !== 'delivered' && lastError && (
        <>
          <dt>Why</dt>
          <dd>{lastError}</dd>
        </>
      )}
      <dt>Id</dt>
      <dd>{messageId}</dd>
    </dl>
  );
}

function Tries({ delivery: { attempts } }: { delivery: DeliveryDetail }) {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was tried yet.
      </Text>
    );
  }
  return (
    <ol className={classes['tries']}>
      {attempts.map(({ at, durationMs, status, answer, error }) => (
        <li key={at}>
          <Text size="sm" component="div">
            <TimeText at={at} /> · {status === null ? 'No answer' : `HTTP ${status}`} · {durationMs} ms
          </Text>
          {error && <Text size="sm">{error}</Text>}
          {answer && (
            <Code block tabIndex={0} className={classes['payload'] ?? ''} aria-label="The beginning of the answer">
              {readable(answer)}
            </Code>
          )}
        </li>
      ))}
    </ol>
  );
}
