import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  stripSearchParams,
} from '@tanstack/react-router';
import { type Workspace, meQuery } from '../api/queries.js';
import { queryClient } from '../api/query-client.js';
import { calendarDefaults, readCalendarSearch } from '../calendar/search.js';
import { readAttentionSearch } from '../attention/search.js';
import { readStartSearch } from '../onboarding/search.js';
import { readPracticeSearch } from '../practice/search.js';
import { CrashScreen, MissingScreen } from './error-screens.js';
import { rememberedWorkspace, rememberWorkspace } from './last-workspace.js';
import { SplashScreen } from './splash-screen.js';

/** Every screen and its address. A screen's code is fetched when it is first opened. */
const root = createRootRoute({ component: Outlet, notFoundComponent: MissingScreen, errorComponent: CrashScreen });

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readNext,
  beforeLoad: leaveWhenSignedIn,
  component: lazyRouteComponent(() => import('../onboarding/sign-in-screen.js'), 'SignInScreen'),
});

const signUpRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: readNext,
  beforeLoad: leaveWhenSignedIn,
  component: lazyRouteComponent(() => import('../onboarding/sign-up-screen.js'), 'SignUpScreen'),
});

/** Where the link in the mail of an invitation leads, whoever is signed in. */
const invitationRoute = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('../members/invitation-screen.js'), 'InvitationScreen'),
});

/** Everything below needs somebody who is signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } });
    return { me };
  },
  component: lazyRouteComponent(() => import('./shell.js'), 'Shell'),
  pendingComponent: SplashScreen,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    const workspace = rememberedWorkspace(me.workspaces);
    if (workspace) throw redirect({ to: '/w/$workspaceId/calendar', params: { workspaceId: workspace.id } });
  },
  component: lazyRouteComponent(() => import('../members/no-workspace-screen.js'), 'NoWorkspaceScreen'),
});

/** What belongs to one workspace. */
const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/w/$workspaceId',
  beforeLoad: ({ context: { me }, params }): { workspace: Workspace } => {
    const found = me.workspaces.find(({ id }) => id === params.workspaceId);
    if (!found) throw redirect({ to: '/' });
    rememberWorkspace(found.id);
    return { workspace: found };
  },
  component: Outlet,
});

const startRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/start',
  validateSearch: readStartSearch,
  component: lazyRouteComponent(() => import('../onboarding/start-screen.js'), 'StartScreen'),
});

const calendarRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/calendar',
  validateSearch: readCalendarSearch,
  search: { middlewares: [stripSearchParams(calendarDefaults)] },
  component: lazyRouteComponent(() => import('../calendar/calendar-screen.js'), 'CalendarScreen'),
});

const draftsRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/drafts',
  component: lazyRouteComponent(() => import('../posts/drafts-screen.js'), 'DraftsScreen'),
});

// One screen for both addresses: a new post gets its own when it is first saved, and the editor stays as it is.
const composeRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/compose',
  // `at` = a day or hour that was chosen on the calendar, as the clock of the display zone shows it.
  validateSearch: ({ at }: Record<string, unknown>): { at?: string } => (typeof at === 'string' ? { at } : {}),
  component: lazyRouteComponent(() => import('../composer/composer-screen.js'), 'ComposerScreen'),
});

const newPostRoute = createRoute({ getParentRoute: () => composeRoute, path: '/' });
const editRoute = createRoute({ getParentRoute: () => composeRoute, path: '/$postId' });

const postRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/posts/$postId',
  component: lazyRouteComponent(() => import('../posts/post-screen.js'), 'PostScreen'),
});

const channelsRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/channels',
  component: lazyRouteComponent(() => import('../channels/channels-screen.js'), 'ChannelsScreen'),
});

const attentionRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/attention',
  validateSearch: readAttentionSearch,
  component: lazyRouteComponent(() => import('../attention/attention-screen.js'), 'AttentionScreen'),
});

const practiceRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/practice',
  validateSearch: readPracticeSearch,
  component: lazyRouteComponent(() => import('../practice/practice-screen.js'), 'PracticeScreen'),
});

const settingsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-screen.js'), 'SettingsScreen'),
});

const membersRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/members',
  component: lazyRouteComponent(() => import('../members/members-screen.js'), 'MembersScreen'),
});

const organizationRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/organization',
  component: lazyRouteComponent(() => import('../members/organization-screen.js'), 'OrganizationScreen'),
});

const routeTree = root.addChildren([
  signInRoute,
  signUpRoute,
  invitationRoute,
  signedIn.addChildren([
    home,
    attentionRoute,
    practiceRoute,
    settingsRoute,
    membersRoute,
    organizationRoute,
    workspace.addChildren([
      startRoute,
      calendarRoute,
      draftsRoute,
      composeRoute.addChildren([newPostRoute, editRoute]),
      postRoute,
      channelsRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: SplashScreen,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Where to go after signing in: an address of this web alone, never another site's. */
function readNext({ next }: Record<string, unknown>): { next?: string } {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
}

async function leaveWhenSignedIn(): Promise<void> {
  if (await queryClient.ensureQueryData(meQuery)) throw redirect({ to: '/' });
}
