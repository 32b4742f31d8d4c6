import { Button, Container } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { type ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';

/** For an address that leads nowhere. */
export function MissingScreen() {
  return (
    <Container component="main" size="sm" py="xl">
      <EmptyState
        order={1}
        icon={IconMapOff}
        title="There is nothing at this address"
        action={<LinkButton to="/">Go to the calendar</LinkButton>}
      >
        The link may be old, or what it led to was deleted.
      </EmptyState>
    </Container>
  );
}

/** When the code of a screen could not be fetched or failed. */
export function CrashScreen({ error, reset }: ErrorComponentProps) {
  return (
    <Container component="main" size="sm" py="xl">
      <ProblemAlert error={error} onRetry={reset} />
      <Button mt="md" variant="default" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </Container>
  );
}
