import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import classes from './filters.module.css';

interface FindFieldProps {
  find: string | undefined;
  onFind: (find: string | undefined) => void;
  /** What can be found. */
  placeholder: string;
  /** Characters. */
  maxLength: number;
}

/** A field to search by. It keeps what is typed until it is sent; give it the present search as its key. */
export function FindField({ find, onFind, placeholder, maxLength }: FindFieldProps) {
  const [typed, setTyped] = useState(find ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFind(typed.trim() === '' ? undefined : typed.trim());
  };
  return (
    <form onSubmit={submit} className={classes['find']} role="presentation">
      <TextInput
        type="search"
        aria-label="Find"
        placeholder={placeholder}
        maxLength={maxLength}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          typed === '' ? null : (
            <CloseButton
              size="sm"
              aria-label="Clear the search"
              onClick={() => {
                setTyped('');
                onFind(undefined);
              }}
            />
          )
        }
      />
      <Button type="submit" variant="default">
        Find
      </Button>
    </form>
  );
}
