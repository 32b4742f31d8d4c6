import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { ApiError, OfflineError } from '../api/problem.js';
import { useWorkspace } from '../app/workspace.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';

interface SubmitProblemProps {
  error: unknown;
  /** Broken rules stand beside their causes. */
  isShown: boolean;
  postId: string | undefined;
}

/** Why it could not be scheduled, published or saved. */
export function SubmitProblem({ error, isShown, postId }: SubmitProblemProps) {
  const workspace = useWorkspace();
  if (error === undefined) return null;
  if (error instanceof ApiError && error.is('already-publishing') && postId !== undefined) {
    const params = { workspaceId: workspace.id, postId };
    return (
      <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title={error.problem.title}>
        <Text size="sm">
          {error.problem.detail} What you wrote is kept on this device.{' '}
          <TextLink
            inherit
            to="/w/$workspaceId/posts/$postId"
            params={params}
            c="var(--clickpost-link)"
            underline="always"
          >
            See the post
          </TextLink>
        </Text>
      </Alert>
    );
  }
  if (error instanceof OfflineError) {
    return (
      <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title="No connection to ClickPost">
        <Text size="sm">
          Nobody knows whether it arrived. What you wrote is kept. Press the button again when you are connected: it is
          done once, however often you press.
        </Text>
      </Alert>
    );
  }
  if (error instanceof ApiError) return <ProblemAlert error={error} shown={() => isShown} />;
  return (
    <Alert role="alert" color="yellow" icon={<IconAlertCircle aria-hidden />}>
      <Text size="sm">{error instanceof Error ? error.message : 'Something went wrong.'}</Text>
    </Alert>
  );
}
