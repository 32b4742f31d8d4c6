import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { type Folder } from './folders.js';
import classes from './folders.module.css';

interface FolderPathProps {
  /** The outermost first; the last one is open. */
  path: readonly Folder[];
  onOpen: (id: string | null) => void;
  /** What can be done with the one that is open. */
  menu?: ReactNode;
}

/** Where in the folders one is, and the way out of them. */
export function FolderPath({ path, onOpen, menu }: FolderPathProps) {
  if (path.length === 0) return null;
  return (
    <nav aria-label="Where you are">
      <ol className={classes['path']}>
        <li className={classes['step']}>
          <Button variant="subtle" color="gray" size="sm" px="xs" onClick={() => onOpen(null)}>
            Library
          </Button>
        </li>
        {path.map((folder, at) => (
          <li key={folder.id} className={classes['step']}>
            <IconChevronRight size={16} aria-hidden />
            <Button
              variant="subtle"
              color="gray"
              size="sm"
              px="xs"
              aria-current={at === path.length - 1 ? 'location' : undefined}
              onClick={() => onOpen(folder.id)}
            >
              {folder.name}
            </Button>
            {at === path.length - 1 && menu}
          </li>
        ))}
      </ol>
    </nav>
  );
}
