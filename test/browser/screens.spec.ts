import { type Page } from 'playwright-core';
import { type Agency, furnish } from '../support/agency.js';
import { accessibilityViolations, Browsing, NARROW, settled, sidewaysScroll, WIDE } from '../support/browsing.js';
import { Customer, PracticeNetworks } from '../support/customer.js';
import { type AllInOne, Processes } from '../support/processes.js';

/** A screen by its address, and what is done on it before it is looked at. */
type Screen = [name: string, path: (agency: Agency) => string, use?: (page: Page) => Promise<void>];

const inWorkspace = (path: string) => (agency: Agency) => `/w/${agency.customer.workspaceId}${path}`;
const post = (name: keyof Agency['posts']) => (agency: Agency) => inWorkspace(`/posts/${agency.posts[name]}`)(agency);

const SIGNED_OUT: Screen[] = [
  ['sign in', () => '/sign-in'],
  ['sign up', () => '/sign-up', (page) => page.getByRole('button', { name: 'Create account' }).click()],
];

const SIGNED_IN: Screen[] = [
  ['start', inWorkspace('/start')],
  ['calendar, month', inWorkspace('/calendar?view=month')],
  ['calendar, week', inWorkspace('/calendar?view=week')],
  ['calendar, list', inWorkspace('/calendar?view=list')],
  ['drafts', inWorkspace('/drafts')],
  ['new post', inWorkspace('/compose')],
  ['draft', (agency) => inWorkspace(`/compose/${agency.posts.draft}`)(agency)],
  ['published post', post('published')],
  ['failed post', post('failed')],
  ['held post', post('held')],
  ['unconfirmed post', post('unconfirmed')],
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
  ['settings', () => '/settings'],
  ['nothing there', () => '/nothing/there'],
];

const LOOKS = [
  ['1280 px, light', { viewport: WIDE, colorScheme: 'light' }],
  ['1280 px, dark', { viewport: WIDE, colorScheme: 'dark' }],
  ['390 px, light', { viewport: NARROW, colorScheme: 'light' }],
  ['390 px, dark', { viewport: NARROW, colorScheme: 'dark' }],
] as const;

describe('Screens', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let agency: Agency;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([processes.startAll(), Browsing.start()]);
    agency = await furnish(at, await Customer.signUp(at), new PracticeNetworks(at));
  });
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await browsing.end();
    await processes.end();
  });

  it.each(LOOKS)(
    'have no fault that axe knows, no sideways scrolling and no error, at %s',
    async (_, look) => {
      const found: string[] = [];
      const lookAt = async (page: Page, screens: Screen[]) => {
        for (const [name, path, use] of screens) {
          await page.goto(path(agency));
          await settled(page);
          await use?.(page);
          for (const violation of await accessibilityViolations(page)) found.push(`${name}: ${violation}`);
          const sideways = await sidewaysScroll(page);
          if (sideways > 0) found.push(`${name}: scrolls ${sideways} px sideways`);
        }
      };
      await lookAt(await browsing.open(at.url, look), SIGNED_OUT);
      await lookAt(await browsing.openAs(agency.customer, at.url, look), SIGNED_IN);
      expect(found).toEqual([]);
      expect(browsing.faults).toEqual([]);
    },
    120_000,
  );
});
