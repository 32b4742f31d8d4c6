import { Button, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { signOut } from '../app/session.js';
import { SecondFactorSetup } from '../settings/security-second-factor-setup.js';
import { AuthLayout } from './auth-layout.js';

const route = getRouteApi('/second-factor');

/** For whoever has no second factor and belongs to an organization that asks for one: nothing else works until it is set up. */
export function SecondFactorScreen() {
  const { next } = route.useSearch();
  const queryClient = useQueryClient();
  const router = useRouter();
  const leave = async () => {
    await signOut(queryClient);
    await router.navigate({ to: '/sign-in' });
  };
  return (
    <AuthLayout
      title="Set up two-step sign-in"
      description="Your organization asks its members for a code from an app, besides the password. It takes a minute, once."
    >
      <Stack gap="lg">
        <SecondFactorSetup onDone={() => void router.navigate({ href: next ?? '/' })} />
        <Button variant="subtle" onClick={() => void leave()}>
          Sign out
        </Button>
      </Stack>
    </AuthLayout>
  );
}
