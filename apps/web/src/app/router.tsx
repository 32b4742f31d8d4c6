import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  stripSearchParams,
} from '@tanstack/react-router';
import { type Me, type Workspace, meQuery } from '../api/queries.js';
import { queryClient } from '../api/query-client.js';
import { calendarDefaults, readCalendarSearch } from '../calendar/search.js';
import { readAttentionSearch } from '../attention/search.js';
import { readAuditSearch } from '../audit/search.js';
import { readInboxSearch } from '../inbox/search.js';
import { readLibrarySearch } from '../library/search.js';
import { readSpendingSearch } from '../spending/search.js';
import { readStartSearch } from '../onboarding/search.js';
import { readSignInSearch } from '../onboarding/sign-in-search.js';
import { readPracticeSearch } from '../practice/search.js';
import { readWebhookSearch } from '../webhooks/search.js';
import { CrashScreen, MissingScreen } from './error-screens.js';
import { rememberedWorkspace, rememberWorkspace } from './last-workspace.js';
import { needsSecondFactor } from './session.js';
import { SplashScreen } from './splash-screen.js';

/** Every screen and its address. A screen's code is fetched when it is first opened. */
const root = createRootRoute({ component: Outlet, notFoundComponent: MissingScreen, errorComponent: CrashScreen });

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  beforeLoad: leaveWhenSignedIn,
  component: lazyRouteComponent(() => import('../onboarding/sign-in-screen.js'), 'SignInScreen'),
});

const signUpRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: readSignInSearch,
  beforeLoad: leaveWhenSignedIn,
  component: lazyRouteComponent(() => import('../onboarding/sign-up-screen.js'), 'SignUpScreen'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../onboarding/forgot-password-screen.js'), 'ForgotPasswordScreen'),
});

// The token stands behind "#": no server sees it.
const resetPasswordRoute = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../onboarding/reset-password-screen.js'), 'ResetPasswordScreen'),
});

const verifyEmailRoute = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('../onboarding/verify-email-screen.js'), 'VerifyEmailScreen'),
});

/** For whoever may do nothing but set up a second factor. */
const secondFactorRoute = createRoute({
  getParentRoute: () => root,
  path: '/second-factor',
  validateSearch: readSignInSearch,
  beforeLoad: async ({ search: { next } }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      if (me) throw redirect({ href: next ?? '/' });
      throw redirect({ to: '/sign-in', search: next === undefined ? {} : { next } });
    } catch (error) {
      if (!needsSecondFactor(error)) throw error;
    }
  },
  component: lazyRouteComponent(() => import('../onboarding/second-factor-screen.js'), 'SecondFactorScreen'),
});

/** Where the link in the mail of an invitation leads, whoever is signed in. */
const invitationRoute = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('../members/invitation-screen.js'), 'InvitationScreen'),
});

/** Where a review link leads, whoever is signed in. */
const reviewRoute = createRoute({
  getParentRoute: () => root,
  path: '/review/$token',
  component: lazyRouteComponent(() => import('../review/review-screen.js'), 'ReviewScreen'),
});

/** Everything below needs somebody who is signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const me = await whoIsHere(location.href);
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

const libraryRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/library',
  validateSearch: readLibrarySearch,
  component: lazyRouteComponent(() => import('../library/library-screen.js'), 'LibraryScreen'),
});

const channelsRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/channels',
  component: lazyRouteComponent(() => import('../channels/channels-screen.js'), 'ChannelsScreen'),
});

const spendingRoute = createRoute({
  getParentRoute: () => workspace,
  path: '/spending',
  validateSearch: readSpendingSearch,
  component: lazyRouteComponent(() => import('../spending/spending-screen.js'), 'SpendingScreen'),
});

const attentionRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/attention',
  validateSearch: readAttentionSearch,
  component: lazyRouteComponent(() => import('../attention/attention-screen.js'), 'AttentionScreen'),
});

const approvalsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/approvals',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('../inbox/inbox-screen.js'), 'InboxScreen'),
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

const auditRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/audit-log',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../audit/audit-screen.js'), 'AuditScreen'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('../webhooks/webhooks-screen.js'), 'WebhooksScreen'),
});

const appsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/apps',
  component: lazyRouteComponent(() => import('../installation/apps-screen.js'), 'AppsScreen'),
});

const webhookRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/webhooks/$webhookId',
  validateSearch: readWebhookSearch,
  component: lazyRouteComponent(() => import('../webhooks/webhook-screen.js'), 'WebhookScreen'),
});

const routeTree = root.addChildren([
  signInRoute,
  signUpRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  secondFactorRoute,
  invitationRoute,
  reviewRoute,
  signedIn.addChildren([
    home,
    approvalsRoute,
    attentionRoute,
    practiceRoute,
    settingsRoute,
    auditRoute,
    membersRoute,
    organizationRoute,
    appsRoute,
    webhooksRoute,
    webhookRoute,
    workspace.addChildren([
      startRoute,
      calendarRoute,
      draftsRoute,
      composeRoute.addChildren([newPostRoute, editRoute]),
      postRoute,
      libraryRoute,
      channelsRoute,
      spendingRoute,
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

/** Who is signed in. @throws a redirect for whoever has to set up a second factor first */
async function whoIsHere(next: string): Promise<Me | null> {
  try {
    return await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (needsSecondFactor(error)) throw redirect({ to: '/second-factor', search: { next } });
    throw error;
  }
}

async function leaveWhenSignedIn(): Promise<void> {
  if (await whoIsHere('/')) throw redirect({ to: '/' });
}
