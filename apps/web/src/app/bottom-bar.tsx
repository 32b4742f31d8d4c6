import { AppShell, Indicator, Menu, UnstyledButton } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type Workspace } from '../api/queries.js';
import { MenuLink } from '../ui/links.js';
import { AccountMenu } from './account-menu.js';
import classes from './bottom-bar.module.css';
import { ATTENTION, CALENDAR, CHANNELS, type Destination, DRAFTS, PRACTICE, SETTINGS } from './navigation.js';
import { useAttentionCount, usePracticeAvailable } from './shell-queries.js';
import { useMayEdit } from './workspace.js';
import { WorkspaceSwitcher } from './workspace-switcher.js';

/** Navigation on a phone. */
export function BottomBar({ workspace }: { workspace: Workspace | undefined }) {
  const mayEdit = useMayEdit();
  const waiting = useAttentionCount();
  return (
    <AppShell.Footer component="nav" aria-label="Main" className={classes['bar']}>
      {workspace && <Item destination={CALENDAR} workspaceId={workspace.id} />}
      <Item destination={ATTENTION} count={waiting} label="Attention" />
      {workspace && mayEdit && (
        <Link className={classes['new']} to="/w/$workspaceId/compose" params={{ workspaceId: workspace.id }}>
          <IconPlus size={24} aria-label="New post" />
        </Link>
      )}
      {workspace && <Item destination={CHANNELS} workspaceId={workspace.id} />}
      <More workspace={workspace} />
    </AppShell.Footer>
  );
}

interface ItemProps {
  destination: Destination;
  workspaceId?: string;
  count?: number | undefined;
  /** A shorter word. */
  label?: string;
}

function Item({ destination: { to, icon: Sign, label: word }, workspaceId, count = 0, label = word }: ItemProps) {
  return (
    <Link
      className={classes['item']}
      to={to}
      params={workspaceId ? { workspaceId } : {}}
      activeOptions={{ includeSearch: false }}
      activeProps={{ 'data-active': true, 'aria-current': 'page' }}
    >
      <Indicator disabled={count === 0} color="red" size={8} offset={2}>
        <Sign size={22} stroke={1.7} aria-hidden />
      </Indicator>
      {label}
      {count > 0 && <span className="visually-hidden">, {count} waiting</span>}
    </Link>
  );
}

function More({ workspace }: { workspace: Workspace | undefined }) {
  const practice = usePracticeAvailable();
  return (
    <Menu position="top-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes['item']}>
          <IconDots size={22} stroke={1.7} aria-hidden />
          More
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown p="xs">
        <WorkspaceSwitcher current={workspace} />
        {workspace && <MoreItem destination={DRAFTS} workspaceId={workspace.id} />}
        {practice && <MoreItem destination={PRACTICE} />}
        <MoreItem destination={SETTINGS} />
        <Menu.Divider />
        <AccountMenu />
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreItem({ destination: { to, icon: Sign, label }, workspaceId }: ItemProps) {
  return (
    <MenuLink
      to={to}
      params={workspaceId ? { workspaceId } : {}}
      leftSection={<Sign size={18} stroke={1.7} aria-hidden />}
    >
      {label}
    </MenuLink>
  );
}
