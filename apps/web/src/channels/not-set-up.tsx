import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMe } from '../app/workspace.js';
import { TextLink } from '../ui/links.js';

interface NotSetUpProps {
  network: string;
  /** Whether a practice account can be connected. */
  practice: boolean;
  /** How many ways to connect the network has; 0 where there is only one. */
  ways: number;
}

/** The operator has not entered this installation's app at the network yet. */
export function NotSetUp({ network, practice, ways }: NotSetUpProps) {
  const { operator } = useMe();
  return (
    <Alert role="alert" color="gray" icon={<IconAlertCircle aria-hidden />} title={`${network} is not set up here yet`}>
      <Text size="sm">
        {network} wants to know which installation asks.{' '}
        {operator ? (
          <>
            Enter its app id and secret once under{' '}
            <TextLink to="/settings/apps" inherit underline="always">
              Settings, Apps
            </TextLink>
            .
          </>
        ) : (
          'Whoever runs this one enters an app id and secret once: ask them.'
        )}
        {ways > 1 && ' Another way to connect may be set up already.'}
        {practice && ' A practice account needs neither.'}
      </Text>
    </Alert>
  );
}
