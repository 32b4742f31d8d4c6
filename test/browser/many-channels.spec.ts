import { type Page } from 'playwright-core';
import { accessibilityViolations, Browsing, SCREENS, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

/** One account of each; Facebook brings three Pages. */
const NETWORKS = ['bluesky', 'facebook', 'linkedin', 'mastodon', 'pinterest', 'threads', 'tiktok', 'x', 'youtube'];
const CHANNELS = NETWORKS.length + 2;

describe('A post for many channels', () => {
  let at: AllInOne;
  let browsing: Browsing;
  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
  }, 120_000);
  afterEach(() => browsing.closeAll());

  it.each(SCREENS)(
    'shows what matters of each, and leads to what has to be solved on one of them, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      for (const network of NETWORKS) await customer.connect(network);
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/compose`);
      await settled(page);
      await page.getByRole('button', { name: 'Select all' }).click();
      await page.getByRole('button', { name: 'Done choosing' }).click();
      await page.getByText(`All ${CHANNELS} channels`).waitFor();
      expect(await page.getByRole('tab').count()).toBe(CHANNELS + 1);

      const text = page.getByRole('textbox', { name: 'Text', exact: true });
      await text.fill('Open from seven.');
      // The Pages of Facebook get the same, and are shown once.
      const previews = page.getByRole('region', { name: 'Previews' });
      if (viewport.width < 800) await page.getByText('Preview', { exact: true }).click();
      await previews.getByText('The same on Practice Bikes, Practice Café.').waitFor();
      expect(await previews.getByRole('article').count()).toBe(NETWORKS.length);
      expect(await accessibilityViolations(page)).toEqual([]);
      if (viewport.width < 800) await page.getByText('Write', { exact: true }).click();

      await page.getByRole('radiogroup').getByText('Publish now').click();
      await page.getByRole('button', { name: 'Publish now', exact: true }).click();
      // Whoever pressed it is led to the first of them, also where the server alone knew.
      await page.locator('[data-setting] :focus, [id^="compose-"]:focus').waitFor();
      expect(await focusIsInSight(page)).toBe(true);
      await page.getByRole('button', { name: /problems to solve$/ }).click();
      const problems = page.getByRole('dialog', { name: 'Problems to solve' });
      expect(await accessibilityViolations(page)).toEqual([]);
      await problems.getByRole('button', { name: /^TikTok: .*who can see/i }).click();
      // Nothing is chosen for anybody, and the focus stands where it can be.
      const privacy = page.locator('[data-setting=privacy] input:focus');
      await privacy.waitFor();
      expect(await focusIsInSight(page)).toBe(true);
      expect(await privacy.inputValue()).toBe('');
      await page.getByText(/^Posts to TikTok as/).waitFor();
      const music = page.getByRole('checkbox', { name: /Music Usage Confirmation/ });
      expect(await music.isChecked()).toBe(false);
      expect(await music.getAttribute('aria-invalid')).toBe('true');
      await music.check();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );
});

/** Whether what has the focus can be seen: nothing lies over its middle, and it is not beyond the window. */
function focusIsInSight(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const field = document.activeElement;
    const { left, top, width, height } = field.getBoundingClientRect();
    return field.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  })()`);
}
