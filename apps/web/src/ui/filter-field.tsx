import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

interface FilterFieldProps {
  /** What is found. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A field that narrows a list at every key. */
export function FilterField({ label, value, onChange }: FilterFieldProps) {
  return (
    <TextInput
      type="search"
      size="sm"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        value === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange('')} />
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
