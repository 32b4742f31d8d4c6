import { type Page } from 'playwright-core';
import { type Agency, furnish } from '../support/agency.js';
import {
  accessibilityViolations,
  Browsing,
  COLOR_RULES,
  SCREENS,
  settled,
  sidewaysScroll,
  WIDE,
} from '../support/browsing.js';
import { Customer, PracticeNetworks } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

/** A screen by its address, and what is done on it before it is looked at. */
type Screen = [name: string, path: (agency: Agency) => string, use?: (page: Page) => Promise<void>];

const inWorkspace = (path: string) => (agency: Agency) => `/w/${agency.customer.workspaceId}${path}`;
const post = (name: keyof Agency['posts']) => (agency: Agency) => inWorkspace(`/posts/${agency.posts[name]}`)(agency);

const SIGNED_OUT: Screen[] = [
  ['sign in', () => '/sign-in'],
  ['sign up', () => '/sign-up', (page) => page.getByRole('button', { name: 'Create account' }).click()],
  ['forgotten password', () => '/forgot-password'],
  ['another password', () => '/reset-password#made-up'],
  ['an invitation that has ended', () => '/invitation/made-up'],
  ['review', ({ review }) => review],
  ['a review link that is none', () => '/review/made-up'],
];

const SIGNED_IN: Screen[] = [
  ['start', inWorkspace('/start')],
  ['calendar, month', inWorkspace('/calendar?view=month')],
  ['calendar, week', inWorkspace('/calendar?view=week')],
  ['calendar, list', inWorkspace('/calendar?view=list')],
  ['drafts', inWorkspace('/drafts')],
  ['library', inWorkspace('/library')],
  ['library, list', inWorkspace('/library?view=list')],
  [
    'a file of the library',
    inWorkspace('/library'),
    async (page) => {
      const files = page.getByRole('list', { name: 'Files', exact: true });
      await files.getByRole('button').first().click();
      await page.getByRole('dialog', { name: 'Details of the file' }).getByText('Where it is used').waitFor();
    },
  ],
  ['new post', inWorkspace('/compose')],
  ['draft', (agency) => inWorkspace(`/compose/${agency.posts.draft}`)(agency)],
  ['published post', post('published')],
  ['failed post', post('failed')],
  ['held post', post('held')],
  ['unconfirmed post', post('unconfirmed')],
  ['post that waits for approval', post('asked')],
  ['approvals', () => '/approvals'],
  [
    'approval workflow',
    () => '/settings',
    async (page) => {
      await page.getByRole('button', { name: /^Approval in / }).click();
      await page.getByRole('dialog').getByText('Always').waitFor();
    },
  ],
  ['channels', inWorkspace('/channels')],
  [
    'connecting',
    inWorkspace('/channels'),
    async (page) => {
      await page.getByRole('button', { name: 'Connect a channel' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['needs attention', () => '/attention'],
  ['practice feed', () => '/practice'],
  [
    'notifications',
    () => '/attention',
    async (page) => {
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await page.getByRole('dialog', { name: 'Notifications' }).getByRole('listitem').first().waitFor();
    },
  ],
  ['settings', () => '/settings'],
  ['members', () => '/settings/members'],
  ['organization', () => '/settings/organization'],
  ['audit log', () => '/settings/audit-log'],
  ['webhooks', () => '/settings/webhooks'],
  ['apps of the installation', () => '/settings/apps'],
  ['nothing there', () => '/nothing/there'],
];

describe('Screens', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let agency: Agency;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    agency = await furnish(at, await Customer.signUp(at), new PracticeNetworks(at));
  });
  afterEach(() => browsing.closeAll());

  it.each(SCREENS)(
    'have no fault that axe knows in light and dark, no sideways scrolling and no error, at %s',
    async (_, viewport) => {
      const found: string[] = [];
      const look = async (page: Page, screens: Screen[]) => {
        for (const [name, path, use] of screens) {
          await page.goto(path(agency));
          await settled(page);
          await use?.(page);
          const sideways = await sidewaysScroll(page);
          if (sideways > 0) found.push(`${name}: scrolls ${sideways} px sideways`);
          // The colours of a scheme are the same at every width.
          for (const colorScheme of viewport === WIDE ? (['light', 'dark'] as const) : (['light'] as const)) {
            await page.emulateMedia({ colorScheme });
            await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
            const violations = await accessibilityViolations(page, colorScheme === 'dark' ? COLOR_RULES : undefined);
            found.push(...violations.map((violation) => `${name}, ${colorScheme}: ${violation}`));
          }
        }
      };
      await look(await browsing.open(at.url, { viewport }), SIGNED_OUT);
      await look(await browsing.openAs(agency.customer, at.url, { viewport }), SIGNED_IN);
      expect(found).toEqual([]);
      expect(browsing.faults).toEqual([]);
    },
    180_000,
  );
});
