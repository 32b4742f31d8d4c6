import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyButton } from '../ui/copy-button.js';

/** Recovery codes, at the only moment when they are known. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Alert role="status" color="teal" icon={<IconKey aria-hidden />} title="Keep these recovery codes">
        Each signs you in once, when your app is not at hand. They are shown this once: put them where you keep
        passwords.
      </Alert>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="xs" m={0} p={0} aria-label="Recovery codes">
        {codes.map((code) => (
          <Text component="li" key={code} ff="monospace" size="sm" ta="center" style={{ listStyle: 'none' }}>
            {code}
          </Text>
        ))}
      </SimpleGrid>
      <Group justify="flex-end">
        <CopyButton text={() => codes.join('\n')} label="Copy the codes" variant="default" size="sm" />
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  );
}
