import { Secret, TOTP } from 'otpauth';
import { type Page } from 'playwright-core';
import { accessibilityViolations, Browsing, NARROW, settled, sidewaysScroll, WIDE } from '../support/browsing.js';
import { linkMailedTo } from '../support/outbox-page.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const PASSWORD = 'a long passphrase';
const NEW_PASSWORD = 'an even longer passphrase';

describe('Signing in, in the browser', () => {
  let at: AllInOne;
  let browsing: Browsing;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
  });
  afterEach(() => browsing.closeAll());

  async function signUp(page: Page, email: string): Promise<void> {
    const data = { email, password: PASSWORD, name: 'Ada Lovelace', organization: 'Bright Agency' };
    const answer = await page.request.post('/v1/auth/signup', { data });
    if (!answer.ok()) throw new Error(await answer.text());
  }

  async function enterPassword(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  const codeOf = (secret: string, later: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });

  async function expectSound(page: Page): Promise<void> {
    await settled(page);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  }

  it('goes in two steps once they are set up, and again with a recovery code', async () => {
    const email = 'two-steps@example.com';
    const page = await browsing.open(at.url, { viewport: NARROW });
    await signUp(page, email);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await expectSound(page);
    const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText()).replaceAll(' ', '');
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 0));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('Keep these recovery codes').waitFor();
    const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
    expect(codes).toHaveLength(10);
    await expectSound(page);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText(/^On since .* · 10 recovery codes left$/).waitFor();
    await expectSound(page);

    for (const [kind, code] of [
      ['app', codeOf(secret, 1)],
      ['recovery code', codes[0] ?? ''],
    ]) {
      await page.request.post('/v1/auth/logout');
      await page.goto('/settings');
      await enterPassword(page, email, PASSWORD);
      await page.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor();
      if (kind === 'recovery code') await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await expectSound(page);
      await page.getByRole('textbox').fill(code ?? '');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    }
    await page.getByText(/· 9 recovery codes left$/).waitFor();
    expect(browsing.faults).toEqual([]);
  });

  it('leads whoever has to set up a second factor there, from anywhere, and back', async () => {
    const page = await browsing.open(at.url, { viewport: WIDE });
    await signUp(page, 'asked@example.com');
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Security' }).waitFor();
    await settled(page);
    await page.route('**/v1/**', (route) => {
      const open = /\/v1\/auth\//.test(route.request().url());
      if (open) return route.continue();
      const type = 'urn:clickpost:problem:second-factor-required';
      const body = JSON.stringify({ type, title: 'Set up a second factor first', status: 403, detail: 'Set it up.' });
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body });
    });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Set up two-step sign-in' }).waitFor();
    await expectSound(page);
    await page.unroute('**/v1/**');
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText()).replaceAll(' ', '');
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 0));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });

  it('goes on after a forgotten password, with the link from the mail', async () => {
    const email = 'forgetful@example.com';
    const page = await browsing.open(at.url, { viewport: WIDE });
    await signUp(page, email);
    await page.request.post('/v1/auth/logout');
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { level: 1, name: 'Forgot your password?' }).waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Look into your mail').waitFor();
    await expectSound(page);

    await page.goto(await linkMailedTo(page, email, /http\S+\/reset-password#[\w-]+/));
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await expectSound(page);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.getByText('Your password is changed').waitFor();
    await enterPassword(page, email, NEW_PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    expect(browsing.faults).toEqual([]);
  });
});
