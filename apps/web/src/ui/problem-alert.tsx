import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { describeError, fieldErrorsOf, OfflineError } from '../api/problem.js';

interface ProblemAlertProps {
  error: unknown;
  /** Offered as "Try again". */
  onRetry?: () => void;
  /** Fields whose errors already stand at their field. */
  shown?: (field: string) => boolean;
}

/** An error where it happened: what, why, and what to do. Says nothing when all it says stands at its field already. */
export function ProblemAlert({ error, onRetry, shown = () => false }: ProblemAlertProps) {
  if (!error) return null;
  const errors = fieldErrorsOf(error);
  const rest = errors.filter(({ field }) => !shown(field));
  if (errors.length > 0 && rest.length === 0) return null;
  const { title, detail } = describeError(error);
  const Sign = error instanceof OfflineError ? IconPlugConnectedX : IconAlertCircle;
  return (
    <Alert role="alert" color="red" icon={<Sign aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        {rest.length === 0 && <Text size="sm">{detail}</Text>}
        {rest.map(({ field, rule, message, remedy }) => (
          <Text size="sm" key={`${field} ${rule}`}>
            {message} {remedy}
          </Text>
        ))}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
