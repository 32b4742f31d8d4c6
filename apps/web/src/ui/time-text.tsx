import { Text, type TextProps } from '@mantine/core';
import { formatDateTime, formatPrecise } from './dates.js';
import { useDisplayZone } from './zone.js';

interface TimeTextProps extends TextProps {
  /** ISO instant. */
  at: string;
  /** The workspace's zone, for those who read in it. */
  zone?: string | undefined;
}

/** An instant in the person's zone; its tooltip has the second and the zone. */
export function TimeText({ at, zone, ...text }: TimeTextProps) {
  const shown = useDisplayZone(zone);
  return (
    <Text component="time" inherit className="tabular" {...text} {...{ dateTime: at }} title={formatPrecise(at, shown)}>
      {formatDateTime(at, shown)}
    </Text>
  );
}
