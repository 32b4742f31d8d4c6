import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsSplit2, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { ManifestFields } from '../ui/manifest-fields.js';
import { credentialsOf, errorsBelow, type FieldValues, type FormField } from '../ui/manifest-values.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { type Connection, type Platform } from './connections.js';
import { asksToShare, useConnect } from './use-connect.js';

interface CredentialsFormProps {
  platform: Platform;
  fields: readonly FormField[];
  practice: boolean;
  onConnected: (connection: Connection) => void;
}

/** The form of a network that is connected by credentials. They are used once before anything is kept. */
export function CredentialsForm({ platform, fields, practice, onConnected }: CredentialsFormProps) {
  const [values, setValues] = useState<FieldValues>(practice ? platform.practice.credentials : {});
  const connect = useConnect(onConnected);
  const errors = errorsBelow('credentials', formErrorsOf(connect.error));
  const send = (acceptShared: boolean) =>
    connect.mutate({ platform: platform.id, practice, credentials: credentialsOf(fields, values), acceptShared });
  const form = useFocusOnError(errors);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <Stack gap="md">
        <ManifestFields
          fields={fields}
          values={values}
          onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          errors={errors}
        />
        {practice && (
          <Text size="sm" c="dimmed">
            This is filled in for you. Another account name makes another practice account.
          </Text>
        )}
        {asksToShare(connect.error) ? (
          <ShareQuestion busy={connect.isPending} onYes={() => send(true)} />
        ) : (
          <ProblemAlert
            error={connect.error}
            shown={(field) => fields.some(({ name }) => field === `credentials/${name}`)}
          />
        )}
        <Group justify="space-between">
          <Anchor href={platform.docs} target="_blank" rel="noreferrer" size="sm">
            <Group gap={4} component="span" wrap="nowrap">
              {platform.name}’s documentation <IconExternalLink size={14} aria-hidden />
            </Group>
          </Anchor>
          {!asksToShare(connect.error) && (
            <Button type="submit" size="md" loading={connect.isPending}>
              {practice ? 'Connect practice account' : `Connect to ${platform.name}`}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** After a refusal the first field that has to be changed takes the focus. */
function useFocusOnError(errors: Readonly<Record<string, string>>) {
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(errors).join(' ');
  useEffect(() => {
    if (wrong !== '') form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  return form;
}

/** Two workspaces on one account need an explicit yes. */
export function ShareQuestion({ busy, onYes }: { busy: boolean; onYes: () => void }) {
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconArrowsSplit2 aria-hidden />}
      title={
        <Text span inherit c="var(--mantine-color-text)">
          Another workspace publishes to this account
        </Text>
      }
    >
      <Text size="sm">
        Both workspaces would post as the same account. Say yes if that is what you want; otherwise use the other
        workspace, or another account.
      </Text>
      <Button mt="sm" variant="default" loading={busy} onClick={onYes}>
        Yes, publish from both
      </Button>
    </Alert>
  );
}
