import { Badge, Group, NavLink } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type ComponentProps } from 'react';
import classes from './navigation-item.module.css';
import { type Destination } from './navigation.js';

const RouterNavLink = createLink((props: ComponentProps<typeof NavLink<'a'>>) => <NavLink component="a" {...props} />);

interface NavigationItemProps {
  destination: Destination;
  workspaceId?: string;
  count?: number | undefined;
}

/** One place to go, marked where the person is. */
export function NavigationItem({ destination, workspaceId, count }: NavigationItemProps) {
  const { to, label, icon: Sign, isAlarming } = destination;
  return (
    <RouterNavLink
      className={classes['item'] ?? ''}
      to={to}
      params={workspaceId ? { workspaceId } : {}}
      activeOptions={{ includeSearch: false }}
      activeProps={{ active: true, 'aria-current': 'page' }}
      label={
        <Group justify="space-between" wrap="nowrap">
          {label}
          {count ? (
            <Badge size="sm" color={isAlarming ? 'red.9' : 'iris'} circle={count < 10} aria-label={`${count} waiting`}>
              {count > 99 ? '99+' : count}
            </Badge>
          ) : null}
        </Group>
      }
      leftSection={<Sign size={19} stroke={1.7} aria-hidden />}
    />
  );
}
