import { useLocalStorage } from '@mantine/hooks';

/** In whose time a person wants to read: their own, or that of the workspace. */
export type ZoneChoice = 'mine' | 'workspace';

/** The zone of this device, an IANA name. */
export const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The person's choice on this device, and how to change it. */
export function useZoneChoice() {
  return useLocalStorage<ZoneChoice>({ key: 'clickpost-zone', defaultValue: 'mine', getInitialValueInEffect: false });
}

/** The IANA zone in which times are shown. */
export function useDisplayZone(workspaceZone?: string): string {
  const [choice] = useZoneChoice();
  return choice === 'workspace' && workspaceZone ? workspaceZone : deviceZone;
}

/** A zone as people read it: `Europe/Berlin` as `Berlin`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
