import { AppShell, Box } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { LiveEvents } from '../live/live-events.js';
import { UploadTray } from '../media/upload-tray.js';
import { PhoneTop } from '../notifications/phone-top.js';
import { NARROW_PX } from '../theme/tokens.js';
import { BottomBar } from './bottom-bar.js';
import { ConnectionNotice } from './connection-notice.js';
import { rememberedWorkspace } from './last-workspace.js';
import { DelayNotice, PauseNotice } from './pause-notice.js';
import { Sidebar } from './sidebar.js';
import { useMe } from './workspace.js';

const SIDEBAR_PX = 248;
const BOTTOM_BAR_PX = 60;

/** The frame of every screen: navigation at the side, or at the bottom on a phone. */
export function Shell() {
  const me = useMe();
  const wide = useMediaQuery(`(min-width: ${NARROW_PX}px)`, undefined, { getInitialValueInEffect: false });
  const { workspaceId } = useParams({ strict: false });
  const workspace = me.workspaces.find(({ id }) => id === workspaceId) ?? rememberedWorkspace(me.workspaces);
  return (
    <LiveEvents organizationId={me.organization.id}>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell
        {...(wide
          ? { navbar: { width: SIDEBAR_PX, breakpoint: 0 } }
          : { footer: { height: `calc(${BOTTOM_BAR_PX}px + env(safe-area-inset-bottom))` } })}
      >
        {wide && <Sidebar workspace={workspace} />}
        <AppShell.Main>
          {!wide && <PhoneTop />}
          <ConnectionNotice />
          <PauseNotice installation={me.installation} workspace={workspace} />
          <DelayNotice />
          <Content />
        </AppShell.Main>
        {!wide && <BottomBar workspace={workspace} />}
      </AppShell>
      <UploadTray workspaceId={workspace?.id} />
    </LiveEvents>
  );
}

/** Takes the focus when another screen opens, so that a keyboard or screen reader begins at its top. */
function Content() {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const ref = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // A screen that only got another address (a draft that was saved) keeps the focus where it is.
    const stays = ref.current?.contains(document.activeElement);
    if (!first.current && !stays) ref.current?.focus({ preventScroll: true });
    if (pathname !== undefined) first.current = false;
  }, [pathname]);
  return (
    <Box id="content" ref={ref} tabIndex={-1} style={{ outline: 'none' }}>
      <Outlet />
    </Box>
  );
}
