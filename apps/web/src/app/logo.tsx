import { Group, Text } from '@mantine/core';

/** The product's sign and name. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text component="span" fw={700} fz={size * 0.7} lts="-0.02em">
        ClickPost
      </Text>
    </Group>
  );
}
