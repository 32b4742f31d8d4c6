import { Badge, type BadgeProps } from '@mantine/core';
import { type Icon } from '@tabler/icons-react';
import { type Ref } from 'react';
import classes from './look-badge.module.css';

/** A word, a colour and a sign, so that none of them carries the meaning alone. */
export interface Look {
  word: string;
  color: string;
  icon: Icon;
}

interface LookBadgeProps extends BadgeProps {
  look: Look;
  /** Names it for tests and styles; left out where the word does. */
  state?: string;
  ref?: Ref<HTMLDivElement>;
}

/** How something stands. What else it is given goes to the badge, as a tooltip around it does. */
export function LookBadge({ look, state, ...more }: LookBadgeProps) {
  return (
    <Badge
      {...more}
      className={classes['badge']}
      color={look.color}
      data-state={state}
      leftSection={<look.icon size={13} stroke={2} aria-hidden />}
      variant="light"
      tt="none"
      fw={600}
      radius="sm"
    >
      {look.word}
    </Badge>
  );
}
