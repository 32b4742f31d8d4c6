import { Drawer, Stack } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type Workspace } from '../api/queries.js';
import { AccountMenu } from './account-menu.js';
import { NavigationItem } from './navigation-item.js';
import { CHANNELS, DRAFTS, LIBRARY, PRACTICE, SETTINGS, SPENDING } from './navigation.js';
import { useIsCharged, usePracticeAvailable } from './shell-queries.js';
import { WorkspaceSwitcher } from './workspace-switcher.js';

interface MoreSheetProps {
  workspace: Workspace | undefined;
  opened: boolean;
  onClose: () => void;
}

/** Where else to go on a phone: what the bar at the bottom has no room for. */
export function MoreSheet({ workspace, opened, onClose }: MoreSheetProps) {
  const practice = usePracticeAvailable();
  const isCharged = useIsCharged(workspace?.id);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  useEffect(onClose, [pathname, onClose]);
  return (
    <Drawer opened={opened} onClose={onClose} position="bottom" size={480} title="More" radius="lg">
      <Stack gap="sm">
        <WorkspaceSwitcher current={workspace} />
        <div>
          {workspace && <NavigationItem destination={DRAFTS} workspaceId={workspace.id} />}
          {workspace && <NavigationItem destination={LIBRARY} workspaceId={workspace.id} />}
          {workspace && <NavigationItem destination={CHANNELS} workspaceId={workspace.id} />}
          {workspace && isCharged && <NavigationItem destination={SPENDING} workspaceId={workspace.id} />}
          {practice && <NavigationItem destination={PRACTICE} />}
          <NavigationItem destination={SETTINGS} />
        </div>
        <AccountMenu />
      </Stack>
    </Drawer>
  );
}
