import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { formErrorsOf } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SecretInput } from '../ui/secret-input.js';

interface ProofFormProps<T> {
  /** What happens afterwards. */
  description: string;
  /** The verb on the button. */
  confirm: string;
  /** What is done with the password. */
  prove: (password: string) => Promise<T>;
  onDone: (result: T) => void | Promise<void>;
  onCancel?: () => void;
}

/** Asks for the password once more, before what opens or closes the way in. */
export function ProofForm<T>({ description, confirm, prove, onDone, onCancel }: ProofFormProps<T>) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => (password === '' ? 'Enter your password.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const run = useMutation({
    mutationFn: ({ password }: typeof form.values) => prove(password),
    onSuccess: onDone,
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      form.getInputNode('password')?.focus();
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => run.mutate(values),
        () => form.getInputNode('password')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={run.error} shown={(field) => field === 'password'} />
        <Text size="sm">{description}</Text>
        <SecretInput
          label="Your password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={run.isPending}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
