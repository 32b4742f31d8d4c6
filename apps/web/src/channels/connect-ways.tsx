import { Radio, Stack } from '@mantine/core';
import { type ConnectWay } from './connections.js';

interface WaysProps {
  ways: readonly ConnectWay[];
  chosen: string;
  onChoose: (id: string) => void;
  network: string;
}

/** The ways to connect a network, each with when to choose it. */
export function Ways({ ways, chosen, onChoose, network }: WaysProps) {
  if (ways.length < 2) return null;
  return (
    <Radio.Group label={`How to connect ${network}`} value={chosen} onChange={onChoose}>
      <Stack gap="sm" mt="xs">
        {ways.map(({ id, label, help }) => (
          <Radio key={id} value={id} label={label} description={help} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
