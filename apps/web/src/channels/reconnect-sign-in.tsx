import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { ManifestFields } from '../ui/manifest-fields.js';
import { credentialsOf, errorsBelow, type FieldValues } from '../ui/manifest-values.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { type Platform } from './connections.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface ReconnectSignInProps {
  platform: Platform;
  /** Whose account it has to be. */
  account: string;
  practice: boolean;
  busy: boolean;
  error: unknown;
  /** Without credentials where the network asks on a page of its own. */
  onBegin: (credentials?: Record<string, string>) => void;
}

/** The new sign-in of the same account: by the network's form, or on its own page. */
export function ReconnectSignIn({ platform, account, practice, busy, error, onBegin }: ReconnectSignInProps) {
  const { connect, name } = platform;
  const fields = connect.type === 'credentials' ? connect.fields : [];
  const [values, setValues] = useState<FieldValues>(practice ? platform.practice.credentials : {});
  const errors = errorsBelow('credentials', formErrorsOf(error));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (connect.type === 'credentials') onBegin(credentialsOf(fields, values));
        else onBegin();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Sign in as {account} again. Before anything changes you see which channels are kept, added or lost; what is
          scheduled stays.
        </Text>
        {fields.length > 0 && (
          <ManifestFields
            fields={fields}
            values={values}
            onChange={(field, value) => setValues((before) => ({ ...before, [field]: value }))}
            errors={errors}
          />
        )}
        <ProblemAlert error={error} shown={(field) => fields.some((one) => field === `credentials/${one.name}`)} />
        <Group justify="flex-end">
          <Begin busy={busy}>
            {connect.type === 'credentials' ? 'Sign in' : `Go to ${practice ? 'the practice ' : ''}${name}`}
          </Begin>
        </Group>
      </Stack>
    </form>
  );
}

function Begin({ busy, children }: { busy: boolean; children: string }) {
  const ref = useArrivalFocus<HTMLButtonElement>();
  return (
    <Button ref={ref} type="submit" size="md" loading={busy}>
      {children}
    </Button>
  );
}

interface WaitingForConsentProps {
  network: string;
  /** The address of the network's page. */
  page: string | undefined;
  onCancel: () => void;
}

/** While somebody answers the network's page in another tab. */
export function WaitingForConsent({ network, page, onCancel }: WaitingForConsentProps) {
  return (
    <Stack gap="md" align="center" py="lg">
      <Loader aria-hidden />
      <Text role="status" ta="center">
        Waiting for your answer on the page of {network}.
      </Text>
      {page && (
        <Text size="sm" c="dimmed" ta="center">
          No page has opened?{' '}
          <Anchor href={page} target="_blank" rel="noreferrer" inherit underline="always">
            Open it here
          </Anchor>
          . It works for 15 minutes.
        </Text>
      )}
      <Button variant="subtle" color="gray" onClick={onCancel}>
        Cancel
      </Button>
    </Stack>
  );
}
