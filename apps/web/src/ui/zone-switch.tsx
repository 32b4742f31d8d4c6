import { SegmentedControl, Text } from '@mantine/core';
import { deviceZone, useZoneChoice, zoneName } from './zone.js';

/** Says in whose time a screen tells its times, and lets people choose where there is a choice. */
export function ZoneSwitch({ workspaceZone }: { workspaceZone: string }) {
  const [choice, choose] = useZoneChoice();
  if (workspaceZone === deviceZone) {
    return (
      <Text size="sm" c="dimmed">
        Times in {zoneName(deviceZone)}
      </Text>
    );
  }
  return (
    <SegmentedControl
      size="xs"
      aria-label="Times in"
      data={[
        { value: 'mine', label: `My time: ${zoneName(deviceZone)}` },
        { value: 'workspace', label: `Workspace: ${zoneName(workspaceZone)}` },
      ]}
      value={choice}
      onChange={(chosen) => choose(chosen)}
    />
  );
}
