import { type Page } from 'playwright-core';
import { accessibilityViolations, Browsing, SCREENS, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

describe('What needs attention', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    networks = new PracticeNetworks(at);
  });
  afterEach(() => browsing.closeAll());

  const refused = async (customer: Customer, channel: string, text: string): Promise<string> => {
    await networks.fault({ kind: 'refuse-content', operation: 'commit', platform: 'bluesky', match: text, times: 1 });
    const post = await customer.post({ content: { text }, channels: [{ id: channel }] });
    const { id } = post.body.publications[0];
    await customer.untilState(id, 'failed');
    return id;
  };
  const find = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('searchbox', { name: 'Find' }).fill(text);
    await page.getByRole('button', { name: 'Find', exact: true }).click();
  };
  /** A publication in the list; what was searched for stands on the screen as well. */
  const row = (page: Page, text: string) => page.getByRole('link', { name: text, exact: true });
  const clean = async (page: Page): Promise<void> => {
    expect(await sidewaysScroll(page)).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
    }
  };

  it.each(SCREENS)(
    'is found by what was pasted, and all of it is retried after a look at what that will do, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      const bluesky = await customer.connect('bluesky');
      const word = `roast ${viewport.width}`;
      const ids = [
        await refused(customer, bluesky, `First ${word}`),
        await refused(customer, bluesky, `Second ${word}`),
      ];
      const planned = await customer.post({
        content: { text: `Held ${word}` },
        channels: [{ id: bluesky }],
        schedule: { at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'Europe/Berlin' },
      });
      const held = planned.body.publications[0].id as string;
      expectStatus(await customer.request('POST', `/v1/publications/${held}/hold`), 200);

      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto('/attention');
      await settled(page);
      await row(page, `Held ${word}`).waitFor();

      // An id is understood as one, and the address keeps it.
      await find(page, ids[1] ?? '');
      await page.getByRole('button', { name: `Remove the filter Publication: ${ids[1]}` }).waitFor();
      await row(page, `First ${word}`).waitFor({ state: 'detached' });
      expect(new URL(page.url()).searchParams.get('find')).toContain(ids[1]);
      await find(page, `FIRST ${word}`);
      await row(page, `First ${word}`).waitFor();
      await row(page, `Second ${word}`).waitFor({ state: 'detached' });
      await find(page, 'nothing like this');
      await page.getByText('Nothing found').waitFor();
      await page.getByRole('link', { name: 'Show everything' }).click();
      await row(page, `Held ${word}`).waitFor();

      // All of one cause, by keyboard.
      await page.getByRole('checkbox', { name: /Choose all 2/ }).focus();
      await page.keyboard.press('Space');
      const bar = page.getByRole('toolbar', { name: /chosen publications/ });
      await bar.getByText('2 chosen').waitFor();
      await clean(page);
      await bar.getByRole('button', { name: 'Retry' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Retry' });
      await dialog.getByText(/^2 failed publications on Bluesky will be tried again now/).waitFor();
      expect(await networks.showing(word)).toEqual([]);
      await clean(page);
      await dialog.getByRole('button', { name: 'Retry 2' }).click();
      await dialog.getByText('Done: 2. Left as they are: 0.').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      for (const id of ids) await customer.untilState(id, 'published');
      expect(await networks.showing(word)).toHaveLength(2);

      // What a person holds is released by a person.
      await page.getByRole('button', { name: 'Release' }).click();
      await page.getByText('Nothing needs you').waitFor();
      expect(await customer.publication(held)).toMatchObject({ state: 'scheduled' });
      expect(browsing.faults).toEqual([]);
    },
    60_000,
  );
});
