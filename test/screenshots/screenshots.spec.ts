import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import sharp from 'sharp';
import { type Agency, FILM, furnish } from '../support/agency.js';
import { Browsing, type Look, NARROW, settled, WIDE } from '../support/browsing.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { type AllInOne, Processes } from '../support/processes.js';

const FOLDER = join(import.meta.dirname, '../../docs/images');

const DESK = { viewport: WIDE } satisfies Look;
const DESK_AT_NIGHT = { viewport: WIDE, colorScheme: 'dark' } satisfies Look;
const PHONE = { viewport: NARROW } satisfies Look;
const PHONE_AT_NIGHT = { viewport: NARROW, colorScheme: 'dark' } satisfies Look;

/** Within what Mastodon takes, and too long for Bluesky. */
const LONG_TEXT = `The winter roast is here.

We roasted it slowly on Tuesday: cocoa first, then orange, and a little smoke at the end. The first bags go to those who wrote to us in October; everybody else finds them in the shop from Thursday, and at https://northroast.example/winter until Sunday with free delivery.

#coffee #winterroast @northroast`;

/** The pictures of README and docs, taken of a real run: `npm run screenshots`. */
describe('Pictures', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let agency: Agency;
  const inWorkspace = (path: string) => `/w/${agency.customer.workspaceId}${path}`;

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    const audited = { TIKTOK_AUDITED: 'audited', YOUTUBE_AUDITED: 'audited' };
    [at, browsing] = await Promise.all([processes.startAll(audited), Browsing.start()]);
    const person = { name: 'Ada Lovelace', organization: 'North Roast' };
    agency = await furnish(at, await Customer.signUp(at, person), new PracticeNetworks(at));
  });
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await processes.end();
  });

  const open = async (look: Look, path: string) => {
    const page = await browsing.openAs(agency.customer, at.url, look);
    await page.goto(path);
    await settled(page);
    return page;
  };

  it('sign-up', async () => {
    const page = await browsing.open(at.url, DESK);
    await page.goto('/sign-up');
    await settled(page);
    await keep(page, 'sign-up');
  });

  it('calendar', async () => {
    await keep(await open(DESK, inWorkspace('/calendar?view=month')), 'calendar');
    await keep(await open(DESK_AT_NIGHT, inWorkspace(`/calendar?view=week&date=${inDays(2)}`)), 'calendar-week-dark');
    await keep(await open(PHONE, inWorkspace('/calendar')), 'calendar-phone');
  });

  it('composer', async () => {
    const page = await open(DESK, inWorkspace('/compose'));
    for (const network of ['Bluesky', 'Mastodon', 'Facebook', 'TikTok', 'YouTube', 'Google Business Profile']) {
      const chip = page
        .locator('fieldset label')
        .filter({ has: page.getByRole('img', { name: network, exact: true }) });
      await chip.first().getByRole('checkbox').check({ force: true });
    }
    await page.getByRole('button', { name: 'Done choosing' }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(LONG_TEXT);
    await page.locator('input[type=file]').first().setInputFiles(FILM);
    await page.getByRole('textbox', { name: 'Description of video 1' }).waitFor();
    await page.getByRole('button', { name: 'Tomorrow 09:00' }).click();
    await page.getByRole('button', { name: 'Leave the video out on Google Business Profile' }).click();
    await page.getByText('One problem to solve').waitFor();
    await page.getByRole('tab', { name: /^TikTok/ }).click();
    await page.getByText(/^Posts to TikTok as/).waitFor();
    await page.locator('[data-save=saved]').waitFor();
    await page.evaluate('scrollTo(0, 0)');
    await keep(page, 'composer');
    await keep(await open(PHONE_AT_NIGHT, inWorkspace(`/compose/${agency.posts.draft}`)), 'composer-phone-dark');
  });

  it('approval', async () => {
    await keep(await open(DESK, inWorkspace(`/posts/${agency.posts.asked}`)), 'approval');
    await keep(await open(PHONE, '/approvals'), 'approvals-phone');
    const path = `/v1/posts/${agency.posts.asked}/approval`;
    const { contentHash } = expectStatus(await agency.customer.request('GET', path), 200).body;
    const json = { decision: 'approve', contentHash };
    expectStatus(await agency.customer.request('POST', `${path}/decisions`, { json }), 200);
    const client = await browsing.open(at.url, PHONE);
    await client.goto(agency.review);
    await settled(client);
    await keep(client, 'review-phone');
  });

  it('post and timeline', async () => {
    const post = await open(DESK, inWorkspace(`/posts/${agency.posts.published}`));
    const card = post.getByRole('article').filter({ hasText: 'Practice northroast' });
    await card.getByRole('button', { name: 'Timeline' }).click();
    await card.getByText(/It is out/).waitFor();
    await card.scrollIntoViewIfNeeded();
    await keep(post, 'post');
    await keep(await open(DESK, inWorkspace(`/posts/${agency.posts.unconfirmed}`)), 'post-unconfirmed');
    await keep(await open(PHONE, inWorkspace(`/posts/${agency.posts.failed}`)), 'post-phone');
  });

  it('channels, drafts, needs attention, practice feed, settings', async () => {
    await keep(await open(DESK, inWorkspace('/channels')), 'channels');
    await keep(await open(DESK, inWorkspace('/drafts')), 'drafts');
    await keep(await open(DESK, '/attention'), 'attention');
    await keep(await open(PHONE_AT_NIGHT, '/attention'), 'attention-phone-dark');
    await keep(await open(DESK, '/practice'), 'practice-feed');
    await keep(await open(DESK_AT_NIGHT, '/settings'), 'settings-dark');
  });
});

/** A day from now on, `2026-11-24`. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Keeps what the window shows, in a palette of colours so that the file stays small. */
async function keep(page: Page, name: string): Promise<void> {
  // An image that is still on its way would leave a hole.
  await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await sharp(picture)
    .png({ palette: true, colours: 128, effort: 8 })
    .toFile(join(FOLDER, `${name}.png`));
}
