import { type Page } from 'playwright-core';
import sharp from 'sharp';
import { connectAll } from '../support/agency.js';
import { Browsing, SCREENS, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const FOUR = 4;

describe('A post', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    networks = await PracticeNetworks.fromNowOn(at);
  });
  afterEach(() => browsing.closeAll());

  it.each(SCREENS)(
    'to four channels, one of them with a text of its own, with an image, is scheduled, goes out while one looks, and tells its story, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      const channels = await connectAll(customer);
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/compose`);
      await settled(page);

      const text = `Winter roast at ${viewport.width} px.\n\nCocoa and orange.`;
      for (const name of ['northroast.bsky.test', 'Practice northroast', 'Practice Bakery', 'northroast.example']) {
        await page.getByRole('checkbox', { name }).check({ force: true });
      }
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles(await image());
      const description = page.getByRole('textbox', { name: 'Description of image 1' });
      await description.fill('A cup of coffee');

      // A text of its own for Mastodon, too long at first: said where it is written, and nothing goes out.
      await page.getByRole('tab', { name: /Mastodon/ }).click();
      await page.getByRole('button', { name: 'Write a different text for Mastodon' }).click();
      const own = page.getByRole('textbox', { name: 'Text for Mastodon' });
      await own.fill('m'.repeat(501));
      await page
        .getByText(/Mastodon.*500|500.*Mastodon/)
        .first()
        .waitFor();
      await page.getByRole('radio', { name: 'Schedule' }).check({ force: true });
      await page.getByRole('button', { name: 'In an hour' }).click();
      await submit(page, 'Schedule');
      await page.getByText('One problem to solve').waitFor();
      await own.fill(`Only here, at ${viewport.width} px.`);
      await page.getByText('One problem to solve').waitFor({ state: 'hidden' });
      expect(await page.getByRole('tab', { name: /Mastodon/ }).textContent()).toContain('differs: text');
      await submit(page, 'Schedule');

      await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
      await page
        .locator('[data-state=scheduled]')
        .nth(FOUR - 1)
        .waitFor();
      expect(await sidewaysScroll(page)).toBe(0);

      // Somebody else moves it to this moment; the screen follows by itself.
      const postId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      const post = expectStatus(await customer.request('GET', `/v1/posts/${postId}`), 200);
      const headers = { 'if-match': post.headers.get('etag') ?? '' };
      const soon = { at: new Date(Date.now() + 1_000).toISOString(), timeZone: 'Europe/Berlin' };
      expectStatus(await customer.request('PATCH', `/v1/posts/${postId}`, { headers, json: { schedule: soon } }), 200);
      await page
        .locator('article [data-state=published]')
        .nth(FOUR - 1)
        .waitFor({ timeout: 30_000 });

      const shown = (await networks.visible()).filter((visible) => visible.text.includes(`at ${viewport.width} px`));
      expect(shown.map((visible) => [visible.platform, visible.text]).sort()).toEqual([
        ['bluesky', text],
        ['facebook', text],
        ['mastodon', `Only here, at ${viewport.width} px.`],
        ['webhook', text],
      ]);
      expect(shown.map((visible) => visible.media[0]?.altText)).toEqual(Array(FOUR).fill('A cup of coffee'));
      expect(Object.keys(channels)).toHaveLength(FOUR);

      await readTimeline(page, customer);
      expect(browsing.faults).toEqual([]);
    },
    90_000,
  );

  it.each(SCREENS)('that failed says why, and goes out when it is retried, at %s', async (_, viewport) => {
    const customer = await Customer.signUp(at);
    const { bluesky } = await connectAll(customer);
    const text = `Meet us at the market, ${viewport.width} px`;
    await networks.fault({ kind: 'refuse-content', operation: 'commit', platform: 'bluesky', match: text, times: 1 });
    const post = await customer.post({ content: { text }, channels: [{ id: bluesky }] });
    await customer.untilState(post.body.publications[0].id, 'failed');

    const page = await browsing.openAs(customer, at.url, { viewport });
    await page.goto('/attention');
    await page.getByText(text).waitFor();
    await page.getByRole('link', { name: /Open/ }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
    const card = page.getByRole('article').filter({ hasText: 'northroast.bsky.test' });
    await card.locator('[data-state=failed]').waitFor();
    await card
      .getByText(/Bluesky did not accept/)
      .first()
      .waitFor();
    expect(await networks.showing(text)).toEqual([]);

    await card.getByRole('button', { name: 'Retry' }).click();
    await card.locator('[data-state=published]').waitFor({ timeout: 30_000 });
    expect(await networks.showing(text)).toHaveLength(1);
    await page.goto('/attention');
    await page.getByText('Nothing needs you').waitFor();
  });
});

/** Presses the button at the end of the composer. */
async function submit(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Opens a story, and finds in it what happened, who did it, and on demand what was exchanged, without any secret. */
async function readTimeline(page: Page, customer: Customer): Promise<void> {
  const card = page.getByRole('article').filter({ hasText: 'Practice northroast' });
  const opener = card.getByRole('button', { name: 'Timeline' });
  if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.click();
  const timeline = card.getByRole('group', { name: /Timeline/ });
  for (const sentence of [/A Person scheduled it for/, /moved it from/, /Mastodon accepted it/, /It is out, /]) {
    await timeline.getByText(sentence).first().waitFor();
  }
  await timeline
    .getByRole('button', { name: /exchange/i })
    .last()
    .click();
  await timeline.getByText('/mastodon/api/v1/statuses').first().waitFor();
  const told = (await timeline.textContent()) ?? '';
  expect(told).toContain('POST');
  expect(told).not.toContain('practice-northroast');
  expect(told).not.toContain(customer.credentials.password);
}

async function image() {
  const buffer = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#c98f5a' } })
    .png()
    .toBuffer();
  return { name: 'cup.png', mimeType: 'image/png', buffer };
}
