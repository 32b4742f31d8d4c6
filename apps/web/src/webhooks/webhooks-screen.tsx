import { Button, Card, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useMay, useMe } from '../app/workspace.js';
import { SettingsPage } from '../settings/settings-page.js';
import { EmptyState } from '../ui/empty-state.js';
import { TextLink } from '../ui/links.js';
import { LookBadge } from '../ui/look-badge.js';
import { QueryView } from '../ui/query-view.js';
import rows from '../ui/rows.module.css';
import { TimeText } from '../ui/time-text.js';
import { type Webhook, webhooksQuery } from './queries.js';
import { WEBHOOK_LOOKS } from './state-looks.js';
import { NewWebhookDialog } from './webhook-dialog.js';
import classes from './webhooks.module.css';
import { whatInWords, whereInWords, whyDisabled } from './words.js';

const ROW_HEIGHT = 76;

/** Where programs are told what happens. */
export function WebhooksScreen() {
  const mayManage = useMay('webhooks.manage');
  if (mayManage) return <Webhooks />;
  return (
    <SettingsPage title="Webhooks">
      <Card>
        <EmptyState icon={IconWebhook} title="Not for your role">
          Owners and admins manage webhooks. Ask one of them.
        </EmptyState>
      </Card>
    </SettingsPage>
  );
}

function Webhooks() {
  const query = useQuery(webhooksQuery);
  const [opened, setOpened] = useState(false);
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpened(true)}>
      New webhook
    </Button>
  );
  const some = query.data !== undefined && query.data.length > 0;
  return (
    <SettingsPage title="Webhooks" actions={some && add}>
      <Card>
        <QueryView query={query} skeleton={<RowsSkeleton />}>
          {(webhooks) => (webhooks.length === 0 ? <Nothing action={add} /> : <WebhookList webhooks={webhooks} />)}
        </QueryView>
      </Card>
      <NewWebhookDialog opened={opened} onClose={() => setOpened(false)} />
    </SettingsPage>
  );
}

function WebhookList({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        Your programs are told what happens to posts, approvals, publications and connections, signed so that they know
        who tells it. <a href="/docs">API documentation</a>
      </Text>
      <ul className={rows['list']}>
        {webhooks.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} />
        ))}
      </ul>
    </Stack>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { workspaces } = useMe();
  const { id, url, description, state, eventTypes, workspaceIds } = webhook;
  const names = new Map(workspaces.map((workspace) => [workspace.id, workspace.name]));
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <TextLink className={classes['name']} to="/settings/webhooks/$webhookId" params={{ webhookId: id }}>
          {description || url}
        </TextLink>
        {description !== '' && <Text size="sm">{url}</Text>}
        <Text size="sm" c="dimmed" component="div">
          Told of {whatInWords(eventTypes)}, from {whereInWords(workspaceIds, names)}
        </Text>
        <Health webhook={webhook} />
      </div>
      <LookBadge look={WEBHOOK_LOOKS[state]} state={state} />
    </li>
  );
}

/** Since when it stands as it does, and why. */
function Health({ webhook }: { webhook: Webhook }) {
  const { disabledAt, disabledReason, failingSince, lastDeliveredAt } = webhook;
  if (disabledAt) return <Text size="sm">{whyDisabled(disabledReason)}</Text>;
  if (failingSince) {
    return (
      <Text size="sm" component="div">
        Nothing has been taken since <TimeText at={failingSince} />. It is tried again by itself.
      </Text>
    );
  }
  return (
    <Text size="sm" c="dimmed" component="div">
      {lastDeliveredAt ? (
        <>
          Last delivered <TimeText at={lastDeliveredAt} />
        </>
      ) : (
        'Nothing was taken yet'
      )}
    </Text>
  );
}

function Nothing({ action }: { action: ReactNode }) {
  return (
    <EmptyState icon={IconWebhook} title="No webhooks yet" action={action}>
      A webhook tells a program of yours at once what happens here: a post was approved, it is published, a sign-in
      ended. Each message is signed and sent until it is taken. What there is and how to check it stands in the{' '}
      <a href="/docs">API documentation</a>.
    </EmptyState>
  );
}

function RowsSkeleton() {
  return (
    <Stack gap="md">
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} height={ROW_HEIGHT} />
      ))}
    </Stack>
  );
}
