import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { formatTime } from '../ui/dates.js';
import { useNow } from '../ui/use-now.js';
import classes from './settings.module.css';
import { zoneOptions } from './zones.js';

interface ZoneSelectProps extends Pick<SelectProps, 'error'> {
  label: string;
  /** IANA name. */
  value: string;
  onChange: (zone: string) => void;
}

/** A time zone, searched for by name, and what time it is there. */
export function ZoneSelect({ label, value, onChange, error }: ZoneSelectProps) {
  const now = useNow();
  const data = useMemo(() => zoneOptions(Intl.supportedValuesOf('timeZone'), value), [value]);
  return (
    <Select
      label={label}
      description={`It is ${formatTime(new Date(now).toISOString(), value)} there now.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={data}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      error={error}
      searchable
      nothingFoundMessage="No time zone of this name. Try the nearest large city."
      withScrollArea={false}
      classNames={{ options: classes['zones'] ?? '' }}
      // In the page's content and not behind it, where screen readers find it.
      comboboxProps={{ portalProps: { target: '#content' } }}
    />
  );
}
