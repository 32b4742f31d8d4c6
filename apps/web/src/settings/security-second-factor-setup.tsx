import { Button, Group, Image, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Schema } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { CopyIcon } from '../ui/copy-button.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { ProofForm } from './security-proof.js';
import { RecoveryCodes } from './security-recovery-codes.js';

const QR_PX = 200;
const IN_FOURS = /.{1,4}/g;

interface SecondFactorSetupProps {
  /** When it is on, before the codes have been read. */
  onTurnedOn?: () => void;
  onDone: () => void;
  onCancel?: () => void;
}

/** Password, app, first code, recovery codes. */
export function SecondFactorSetup({ onTurnedOn, onDone, onCancel }: SecondFactorSetupProps) {
  const [begun, setBegun] = useState<Schema<'NewSecondFactorDto'>>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (!begun) {
    return (
      <ProofForm
        description="You need an authenticator app on your phone, such as the one that keeps your other codes. Confirm first that it is you."
        confirm="Continue"
        prove={(password) => answer(api.POST('/v1/auth/second-factor/begin', { body: { password } }))}
        onDone={setBegun}
        {...(onCancel && { onCancel })}
      />
    );
  }
  const turnedOn = (recoveryCodes: readonly string[]) => {
    setCodes(recoveryCodes);
    onTurnedOn?.();
  };
  return <FirstCode begun={begun} onTurnedOn={turnedOn} onCancel={onCancel} />;
}

interface FirstCodeProps {
  begun: Schema<'NewSecondFactorDto'>;
  onTurnedOn: (recoveryCodes: readonly string[]) => void;
  onCancel: (() => void) | undefined;
}

function FirstCode({ begun, onTurnedOn, onCancel }: FirstCodeProps) {
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (code) => (code.trim() === '' ? 'Enter the six digits that the app shows.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const confirm = useMutation({
    mutationFn: ({ code }: typeof form.values) =>
      answer(api.POST('/v1/auth/second-factor/confirm', { body: { code: code.trim() } })),
    onSuccess: ({ recoveryCodes }) => onTurnedOn(recoveryCodes),
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      form.getInputNode('code')?.focus();
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => confirm.mutate(values),
        () => form.getInputNode('code')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={confirm.error} shown={(field) => field === 'code'} />
        <Text size="sm">Scan this with your app, then enter the code that it shows.</Text>
        <Image
          src={`data:image/svg+xml,${encodeURIComponent(begun.qrCode)}`}
          alt="QR code for your authenticator app"
          w={QR_PX}
          h={QR_PX}
          mx="auto"
          radius="md"
        />
        <div>
          <Text size="sm" c="dimmed">
            Nothing to scan with? Type this key into the app:
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {begun.secret.match(IN_FOURS)?.join(' ')}
            </Text>
            <CopyIcon text={() => begun.secret} label="Copy the key" />
          </Group>
        </div>
        <TextInput
          label="Code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          autoFocus
          {...form.getInputProps('code')}
        />
        <Group justify="flex-end">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={confirm.isPending}>
            Turn on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
