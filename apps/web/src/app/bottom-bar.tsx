import { AppShell, Indicator, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type Workspace } from '../api/queries.js';
import { useInboxCount } from '../inbox/queries.js';
import classes from './bottom-bar.module.css';
import { APPROVALS, ATTENTION, CALENDAR, type Destination } from './navigation.js';
import { MoreSheet } from './more-sheet.js';
import { useAttentionCount } from './shell-queries.js';
import { useMay } from './workspace.js';

/** Navigation on a phone. */
export function BottomBar({ workspace }: { workspace: Workspace | undefined }) {
  const mayWrite = useMay('posts.write', workspace?.id);
  const waiting = useAttentionCount();
  const toApprove = useInboxCount();
  const [opened, { open, close }] = useDisclosure();
  return (
    <AppShell.Footer component="nav" aria-label="Main" className={classes['bar']}>
      {workspace && <Item destination={CALENDAR} workspaceId={workspace.id} />}
      <Item destination={APPROVALS} count={toApprove} />
      {workspace && mayWrite && (
        <Link className={classes['new']} to="/w/$workspaceId/compose" params={{ workspaceId: workspace.id }}>
          <IconPlus size={24} aria-label="New post" />
        </Link>
      )}
      <Item destination={ATTENTION} count={waiting} label="Attention" />
      <UnstyledButton className={classes['item']} onClick={open} aria-haspopup="dialog">
        <IconDots size={22} stroke={1.7} aria-hidden />
        More
      </UnstyledButton>
      <MoreSheet workspace={workspace} opened={opened} onClose={close} />
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

function Item({ destination, workspaceId, count = 0, label = destination.label }: ItemProps) {
  const { to, icon: Sign, isAlarming } = destination;
  return (
    <Link
      className={classes['item']}
      to={to}
      params={workspaceId ? { workspaceId } : {}}
      activeOptions={{ includeSearch: false }}
      activeProps={{ 'data-active': true, 'aria-current': 'page' }}
    >
      <Indicator
        className={classes['sign']}
        disabled={count === 0}
        color={isAlarming ? 'red' : 'iris'}
        size={8}
        offset={2}
      >
        <Sign size={22} stroke={1.7} aria-hidden />
      </Indicator>
      {label}
      {count > 0 && <span className="visually-hidden">, {count} waiting</span>}
    </Link>
  );
}
