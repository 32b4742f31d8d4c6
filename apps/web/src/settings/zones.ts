/** A time zone to choose. */
export interface ZoneOption {
  /** IANA name. */
  value: string;
  /** As it is read and searched for. */
  label: string;
}

/** Every zone that the browser knows, the one that is chosen already always among them. */
export function zoneOptions(known: readonly string[], chosen: string): ZoneOption[] {
  const names = new Set(['UTC', ...known, ...(chosen ? [chosen] : [])]);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
