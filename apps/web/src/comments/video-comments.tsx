import { Button, Group } from '@mantine/core';
import { type ReactNode } from 'react';
import classes from './comments.module.css';
import { type Pin } from './image-pins.js';

interface VideoCommentsProps {
  /** The video, or its cover. */
  children: ReactNode;
  /** Threads about it. */
  pins: readonly Pin[];
  active: string | undefined;
  onActivate: (id: string) => void;
}

/** A video with the numbers of what was said about it: below it, since all of it is meant. */
export function VideoComments({ children, pins, active, onActivate }: VideoCommentsProps) {
  return (
    <>
      <div className={classes['pinned']}>{children}</div>
      {pins.length > 0 && (
        <Group gap={4} mt={4}>
          {pins.map(({ id, number }) => (
            <Button
              key={id}
              size="xs"
              radius="xl"
              px="sm"
              variant={id === active ? 'filled' : 'light'}
              data-places={id}
              aria-label={`Comment ${number} on this video`}
              onClick={() => onActivate(id)}
            >
              {number}
            </Button>
          ))}
        </Group>
      )}
    </>
  );
}
