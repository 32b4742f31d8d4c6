import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { notifyDone } from '../ui/notify.js';
import { TimeText } from '../ui/time-text.js';
import { SecurityDialog } from './security-dialog.js';
import { ProofForm } from './security-proof.js';
import { securityQuery, sessionsQuery, type Security } from './security-queries.js';
import { RecoveryCodes } from './security-recovery-codes.js';
import { SecurityRow } from './security-row.js';
import { SecondFactorSetup } from './security-second-factor-setup.js';

type Dialog = 'set-up' | 'codes' | 'remove';

const TITLES: Record<Dialog, string> = {
  'set-up': 'Set up two-step sign-in',
  codes: 'New recovery codes',
  remove: 'Turn two-step sign-in off',
};

/** Two-step sign-in: on or off, and its recovery codes. */
export function SecondFactorRow({ security }: { security: Security }) {
  const [dialog, setDialog] = useState<Dialog>();
  const [codes, setCodes] = useState<readonly string[]>();
  const queryClient = useQueryClient();
  const reload = async () => {
    await Promise.all(
      [securityQuery, sessionsQuery].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })),
    );
  };
  const close = () => {
    setDialog(undefined);
    setCodes(undefined);
    void reload();
  };
  const isOn = security.secondFactorSince !== null;
  return (
    <SecurityRow title="Two-step sign-in" state={<State security={security} />}>
      {isOn ? (
        <>
          <Button variant="default" onClick={() => setDialog('codes')}>
            New recovery codes
          </Button>
          {!security.secondFactorRequired && (
            <Button variant="default" onClick={() => setDialog('remove')}>
              Turn off
            </Button>
          )}
        </>
      ) : (
        <Button onClick={() => setDialog('set-up')}>Set up</Button>
      )}
      <SecurityDialog
        title={dialog ? TITLES[dialog] : ''}
        opened={dialog !== undefined}
        onClose={close}
        firm={codes !== undefined || dialog === 'set-up'}
      >
        {dialog === 'set-up' && <SecondFactorSetup onDone={close} onCancel={close} />}
        {dialog === 'codes' && codes && <RecoveryCodes codes={codes} onDone={close} />}
        {dialog === 'codes' && !codes && (
          <ProofForm
            description="The codes that you have are worth nothing any more."
            confirm="Make new codes"
            prove={(password) => answer(api.POST('/v1/auth/second-factor/recovery-codes', { body: { password } }))}
            onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
            onCancel={close}
          />
        )}
        {dialog === 'remove' && (
          <ProofForm
            description="You sign in with your password alone from then on. Your recovery codes are deleted."
            confirm="Turn off"
            prove={(password) => answer(api.POST('/v1/auth/second-factor/remove', { body: { password } }))}
            onDone={() => {
              close();
              notifyDone('Two-step sign-in is off.');
            }}
            onCancel={close}
          />
        )}
      </SecurityDialog>
    </SecurityRow>
  );
}

function State({ security: { secondFactorSince, recoveryCodes } }: { security: Security }) {
  if (secondFactorSince === null) return 'Off. A code from an app besides the password keeps your account yours.';
  return (
    <>
      On since <TimeText at={secondFactorSince} />
      {` · ${recoveryCodes === 1 ? '1 recovery code' : `${recoveryCodes} recovery codes`} left`}
    </>
  );
}
