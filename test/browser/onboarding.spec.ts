import { type Page } from 'playwright-core';
import { Browsing, countClicks, SCREENS, sidewaysScroll } from '../support/browsing.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const MOST_CLICKS = 12;
const TWO_MINUTES_MS = 120_000;

describe('Onboarding', () => {
  let at: AllInOne;
  let browsing: Browsing;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
  });
  afterEach(() => browsing.closeAll());

  it.each(SCREENS)(
    `leads from the address of the installation to a published post within ${MOST_CLICKS} clicks and two minutes, at %s`,
    async (_, viewport) => {
      const page = await browsing.open(at.url, { viewport });
      const clicks = await countClicks(page);
      const began = performance.now();

      await page.goto('/');
      await page.getByRole('link', { name: 'Create an account' }).click();
      await fill(page, {
        'Your name': 'Ada Lovelace',
        Company: 'Bright Agency',
        'E-mail': `ada-${viewport.width}@example.com`,
        Password: 'a long passphrase',
      });
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByRole('button', { name: 'Connect practice channels' }).click();
      await page.getByRole('textbox', { name: 'Text' }).fill(`Our first post, ${viewport.width} px wide`);
      await page.getByRole('button', { name: 'Publish now' }).click();
      // One for each network that is connected by a form: Bluesky, Mastodon and the webhook.
      const states = page.locator('[data-state=published]');
      await states.nth(2).waitFor();
      expect(await states.count()).toBe(3);

      expect(clicks()).toBeGreaterThanOrEqual(4);
      expect(clicks()).toBeLessThanOrEqual(MOST_CLICKS);
      expect(performance.now() - began).toBeLessThan(TWO_MINUTES_MS);

      expect(await sidewaysScroll(page)).toBe(0);
      await page
        .getByRole('link', { name: /practice feed/i })
        .last()
        .click();
      await page.getByRole('heading', { level: 1, name: 'Practice feed' }).waitFor();
      const shown = page.getByText(`Our first post, ${viewport.width} px wide`);
      await shown.nth(2).waitFor();
      expect(await shown.count()).toBe(3);
      expect(browsing.faults).toEqual([]);
    },
  );

  it('says at the field what is wrong with a sign-up, and keeps what was entered', async () => {
    const page = await browsing.open(at.url);
    await page.goto('/sign-up');
    await fill(page, { 'Your name': 'Eve', Company: 'Eve & Co', 'E-mail': 'eve@example.com', Password: 'short' });
    await page.getByRole('button', { name: 'Create account' }).click();
    const password = page.getByRole('textbox', { name: 'Password' });
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await password.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('textbox', { name: 'Company' }).inputValue()).toBe('Eve & Co');

    await password.fill('a long passphrase');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: 'Connect practice channels' }).waitFor();
  });

  it('leads a person who has to sign in first to where they wanted to go', async () => {
    const page = await browsing.open(at.url);
    const person = { email: 'back@example.com', password: 'a long passphrase', name: 'Back', organization: 'Back' };
    expect((await page.request.post('/v1/auth/signup', { data: person })).ok()).toBe(true);
    await page.context().clearCookies();
    await page.goto('/attention');
    await fill(page, { 'E-mail': person.email, Password: 'not the password' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Needs attention' }).waitFor();
  });
});

/** Enters texts as a keyboard does, from field to field. */
async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value);
}
