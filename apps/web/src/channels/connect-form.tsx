import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './channels.module.css';
import { type Connection, type Platform } from './connections.js';
import { ConsentForm } from './consent-form.js';
import { CredentialsForm } from './credentials-form.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface ConnectFormProps {
  platform: Platform;
  /** To the list of networks. */
  onBack: () => void;
  onConnected: (connection: Connection) => void;
}

/** A network's way to connect an account: real or practice, by a form or on the network's own page. */
export function ConnectForm({ platform, onBack, onConnected }: ConnectFormProps) {
  const [practice, setPractice] = useState(false);
  const { connect } = platform;
  const name = useArrivalFocus<HTMLParagraphElement>();
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap">
        <PlatformIcon platform={platform.id} size={36} />
        <div>
          <Text ref={name} tabIndex={-1} data-autofocus fw={600} className={classes['arrival']}>
            {platform.name}
          </Text>
          <Text size="sm" c="dimmed">
            {platform.summary}
          </Text>
        </div>
      </Group>
      {platform.practice.available && (
        <SegmentedControl
          aria-label="Kind of account"
          fullWidth
          value={practice ? 'practice' : 'real'}
          onChange={(value) => setPractice(value === 'practice')}
          data={[
            { value: 'real', label: 'Real account' },
            { value: 'practice', label: 'Practice account' },
          ]}
        />
      )}
      {practice && (
        <Text size="sm" c="dimmed">
          A practice account behaves like the real network, but nothing leaves this installation.
        </Text>
      )}
      {!practice && platform.notice !== undefined && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />}>
          {platform.notice}
        </Alert>
      )}
      {connect.type === 'credentials' ? (
        <CredentialsForm
          key={String(practice)}
          platform={platform}
          fields={connect.fields}
          practice={practice}
          onConnected={onConnected}
        />
      ) : (
        <ConsentForm
          key={String(practice)}
          platform={platform}
          scopes={connect.scopes}
          requiredScopes={connect.requiredScopes}
          ways={connect.ways ?? []}
          practice={practice}
          onConnected={onConnected}
        />
      )}
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
        onClick={onBack}
        style={{ alignSelf: 'flex-start' }}
      >
        All networks
      </Button>
    </Stack>
  );
}
