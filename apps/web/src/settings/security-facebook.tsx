import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { SecurityRow } from './security-row.js';
import { securityQuery } from './security-queries.js';

/** Sign-in with Facebook, for whoever has it. */
export function FacebookRow() {
  const queryClient = useQueryClient();
  const unlink = async () => {
    const agreed = await confirm({
      title: 'Sign in without Facebook?',
      children: 'You sign in with your password from now on. The Pages that you publish to stay connected.',
      confirm: 'Unlink Facebook',
      dismiss: 'Keep it',
    });
    if (!agreed) return;
    try {
      await answer(api.DELETE('/v1/auth/facebook'));
      await queryClient.invalidateQueries({ queryKey: securityQuery.queryKey });
      notifyDone('Facebook no longer signs you in.');
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <SecurityRow title="Facebook" state="You can sign in with Facebook.">
      <Button variant="default" onClick={() => void unlink()}>
        Unlink
      </Button>
    </SecurityRow>
  );
}
