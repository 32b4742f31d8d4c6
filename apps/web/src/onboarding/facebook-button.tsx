import { Button, Divider, Stack } from '@mantine/core';
import { IconBrandFacebook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { signInOptionsQuery } from './sign-in-options.js';

/** The other way in, where this installation has it. */
export function FacebookButton({ next }: { next: string | undefined }) {
  const { data } = useQuery(signInOptionsQuery);
  if (!data?.facebook.available) return null;
  return (
    <Stack gap="md" mt="md">
      <Divider label="or" />
      <Button
        component="a"
        href={`/v1/auth/facebook${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`}
        size="md"
        fullWidth
        variant="default"
        leftSection={<IconBrandFacebook size={20} aria-hidden />}
      >
        {data.facebook.practice ? 'Continue with practice Facebook' : 'Continue with Facebook'}
      </Button>
    </Stack>
  );
}
