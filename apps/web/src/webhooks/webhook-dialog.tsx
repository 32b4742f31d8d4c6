import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey } from '../api/client.js';
import { notifyDone } from '../ui/notify.js';
import { type Webhook, WEBHOOKS } from './queries.js';
import { SecretShown } from './secret-shown.js';
import { WebhookForm } from './webhook-form.js';
import { requestOf, type WebhookValues } from './webhook-values.js';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Adds a webhook, and shows its secret the one time that it is known. */
export function NewWebhookDialog({ opened, onClose }: DialogProps) {
  return (
    // A secret that is shown once must not vanish by a click beside it.
    <Modal opened={opened} onClose={onClose} closeOnClickOutside={false} title={<Heading>New webhook</Heading>}>
      <NewWebhook onClose={onClose} />
    </Modal>
  );
}

function NewWebhook({ onClose }: Pick<DialogProps, 'onClose'>) {
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: (values: WebhookValues) =>
      answer(
        api.POST('/v1/webhooks', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: requestOf(values),
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  if (create.data) return <SecretShown secret={create.data.secret} done="The webhook is added." onDone={onClose} />;
  return (
    <WebhookForm
      submit="Add webhook"
      onSave={create.mutateAsync}
      saving={create.isPending}
      error={create.error}
      onCancel={onClose}
    />
  );
}

/** Changes where a webhook leads, of what and from where it is told. */
export function ChangeWebhookDialog({
  opened,
  onClose,
  webhook,
  etag,
}: DialogProps & { webhook: Webhook; etag: string }) {
  return (
    <Modal opened={opened} onClose={onClose} title={<Heading>Change the webhook</Heading>}>
      <ChangeWebhook webhook={webhook} etag={etag} onClose={onClose} />
    </Modal>
  );
}

function ChangeWebhook({ webhook, etag, onClose }: Pick<DialogProps, 'onClose'> & { webhook: Webhook; etag: string }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (values: WebhookValues) =>
      answer(
        api.PATCH('/v1/webhooks/{id}', {
          params: { path: { id: webhook.id }, header: { 'If-Match': etag } },
          body: requestOf(values),
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: WEBHOOKS });
      notifyDone('The webhook is changed.');
      onClose();
    },
  });
  return (
    <WebhookForm
      webhook={webhook}
      submit="Save"
      onSave={change.mutateAsync}
      saving={change.isPending}
      error={change.error}
      onCancel={onClose}
    />
  );
}

function Heading({ children }: { children: string }) {
  return (
    <Text span fw={650} size="lg">
      {children}
    </Text>
  );
}
