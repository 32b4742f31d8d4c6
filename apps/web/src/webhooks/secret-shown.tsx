import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyButton } from '../ui/copy-button.js';

interface SecretShownProps {
  secret: string;
  /** What was done: "The webhook is added." */
  done: string;
  /** What more to know. */
  note?: string | undefined;
  onDone: () => void;
}

/** A secret, the one time that it is shown. */
export function SecretShown({ secret, done, note, onDone }: SecretShownProps) {
  return (
    <Stack gap="md">
      <Alert role="status" color="teal" icon={<IconKey aria-hidden />}>
        <Text fw={600} size="sm">
          {done} Copy its secret now: it is shown this once.
        </Text>
      </Alert>
      <TextInput
        readOnly
        data-autofocus
        aria-label="The secret"
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Text size="sm" c="dimmed">
        {note && `${note} `}With it your program checks that a message is from ClickPost, as{' '}
        <Anchor inherit underline="always" href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer">
          Standard Webhooks
        </Anchor>{' '}
        says.
      </Text>
      <Group justify="flex-end" gap="xs">
        <CopyButton text={() => secret} label="Copy the secret" variant="default" size="sm" />
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
