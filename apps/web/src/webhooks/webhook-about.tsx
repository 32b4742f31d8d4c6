import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import facts from '../settings/settings.module.css';
import { confirm } from '../ui/confirm.js';
import { LookBadge } from '../ui/look-badge.js';
import { notifyError } from '../ui/notify.js';
import { TimeText } from '../ui/time-text.js';
import { type Webhook } from './queries.js';
import { SecretShown } from './secret-shown.js';
import { WEBHOOK_LOOKS } from './state-looks.js';
import { type WebhookActions } from './use-webhook-actions.js';
import { ChangeWebhookDialog } from './webhook-dialog.js';
import { whereInWords, whyDisabled } from './words.js';

interface WebhookAboutProps {
  webhook: Webhook;
  etag: string;
  actions: WebhookActions;
  /** A test was sent: what came of it. */
  onTested: (deliveryId: string) => void;
  onDeleted: () => void;
}

/** How a webhook stands, and what can be done with it. */
export function WebhookAbout({ webhook, etag, actions, onTested, onDeleted }: WebhookAboutProps) {
  const [changing, setChanging] = useState(false);
  const { disabledReason, disabledAt, url, description } = webhook;
  const test = () =>
    void actions.test.mutateAsync().then(
      ({ id }) => onTested(id),
      () => undefined,
    );
  return (
    <Section title={description || 'About this webhook'}>
      {disabledAt && (
        <Alert color="orange" icon={<IconBan aria-hidden />} title="This webhook is disabled">
          <Text size="sm" mb="xs">
            {whyDisabled(disabledReason)}
          </Text>
          <Button
            size="xs"
            loading={actions.enable.isPending}
            onClick={() => actions.enable.mutate({ enabled: true, etag })}
          >
            Enable
          </Button>
        </Alert>
      )}
      <Facts webhook={webhook} />
      <Group gap="xs">
        <Button variant="default" loading={actions.test.isPending} onClick={test}>
          Send a test
        </Button>
        <Button variant="default" onClick={() => setChanging(true)}>
          Change
        </Button>
        <NewSecret actions={actions} />
        {!disabledAt && (
          <Button
            variant="default"
            loading={actions.enable.isPending}
            onClick={() => actions.enable.mutate({ enabled: false, etag })}
          >
            Disable
          </Button>
        )}
        <Button
          variant="subtle"
          color="red"
          loading={actions.remove.isPending}
          onClick={() => void askAndDelete(url, () => actions.remove.mutateAsync(etag).then(onDeleted))}
        >
          Delete
        </Button>
      </Group>
      <ChangeWebhookDialog opened={changing} onClose={() => setChanging(false)} webhook={webhook} etag={etag} />
    </Section>
  );
}

async function askAndDelete(url: string, remove: () => Promise<void>): Promise<void> {
  const yes = await confirm({
    title: 'Delete this webhook?',
    children: `Nothing more is sent to ${url}. What was sent to it is forgotten.`,
    confirm: 'Delete',
    danger: true,
  });
  // What went wrong was told already.
  if (yes) await remove().catch(() => undefined);
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { workspaces } = useMe();
  const { url, state, eventTypes, workspaceIds, failingSince, lastDeliveredAt, formerSecretUntil } = webhook;
  const names = new Map(workspaces.map((workspace) => [workspace.id, workspace.name]));
  return (
    <dl className={facts['facts']}>
      <dt>State</dt>
      <dd>
        <LookBadge look={WEBHOOK_LOOKS[state]} state={state} />
      </dd>
      <dt>Address</dt>
      <dd>{url}</dd>
      <dt>Told of</dt>
      <dd>{Array.isArray(eventTypes) ? eventTypes.join(', ') : 'Everything, also what is added later'}</dd>
      <dt>From</dt>
      <dd>{workspaceIds === null ? 'All workspaces' : whereInWords(workspaceIds, names)}</dd>
      <dt>Last delivered</dt>
      <dd>{lastDeliveredAt ? <TimeText at={lastDeliveredAt} /> : 'Nothing was taken yet'}</dd>
      {failingSince && (
        <>
          <dt>Failing since</dt>
          <dd>
            <TimeText at={failingSince} />
          </dd>
        </>
      )}
      {formerSecretUntil && (
        <>
          <dt>Former secret</dt>
          <dd>
            Signs along until <TimeText at={formerSecretUntil} />
          </dd>
        </>
      )}
    </dl>
  );
}

function NewSecret({ actions: { rotate } }: Pick<WebhookAboutProps, 'actions'>) {
  const ask = async () => {
    const yes = await confirm({
      title: 'Make a new secret?',
      children:
        'The present one signs along for 24 hours, so that nothing is refused while you put the new one in place.',
      confirm: 'Make a new secret',
    });
    if (yes) rotate.mutate();
  };
  return (
    <>
      <Button variant="default" loading={rotate.isPending} onClick={() => void ask().catch(notifyError)}>
        New secret
      </Button>
      <Modal
        opened={rotate.data !== undefined}
        onClose={rotate.reset}
        closeOnClickOutside={false}
        title={
          <Text span fw={650} size="lg">
            New secret
          </Text>
        }
      >
        {rotate.data && (
          <SecretShown
            secret={rotate.data.secret}
            done="The new secret is made."
            note="For 24 hours messages are signed with both secrets."
            onDone={rotate.reset}
          />
        )}
      </Modal>
    </>
  );
}
