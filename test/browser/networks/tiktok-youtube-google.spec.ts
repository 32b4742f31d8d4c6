import { type Page } from 'playwright-core';
import sharp from 'sharp';
import { cached } from '../../../libs/media/testing/clips.js';
import { accessibilityViolations, Browsing, SCREENS, settled, sidewaysScroll, WIDE } from '../../support/browsing.js';
import { attach, choose, publish, startWriting } from '../../support/composing.js';
import { connectByConsent } from '../../support/connecting.js';
import { Customer, PracticeNetworks } from '../../support/customer.js';
import { type AllInOne, Processes } from '../../support/processes.js';

/** Everything that takes one text with one picture. */
const PICTURED = [
  ...(['Bluesky', 'Facebook', 'Google Business Profile', 'Instagram', 'LinkedIn', 'Mastodon'] as const),
  ...(['Pinterest', 'Threads', 'TikTok', 'X'] as const),
];

describe('TikTok, YouTube and Google Business Profile', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  let film: string;
  beforeAll(async () => {
    const clip = { width: 640, height: 360, framesPerSecond: 30, lasting: 4, extension: 'mp4' } as const;
    [at, browsing, film] = await Promise.all([
      // Else nobody but their owner would see what is posted.
      processes.startAll({ TIKTOK_AUDITED: 'audited', YOUTUBE_AUDITED: 'audited' }),
      Browsing.start(),
      cached('film', { ...clip, filters: ['format=yuv420p'], file: ['-movflags', '+faststart'] }),
    ]);
    networks = new PracticeNetworks(at);
  }, 240_000);
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await processes.end();
  });

  it.each(SCREENS)(
    'are connected on their own pages, several places of a business at once, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/channels`);
      await settled(page);
      await connectByConsent(page, { network: 'TikTok' }, readable);
      await connectByConsent(page, { network: 'YouTube' }, readable);
      const places = await connectByConsent(page, { network: 'Google Business Profile' }, readable);
      expect(places.length).toBeGreaterThan(1);
      await readable(page);
      const { body } = await customer.request('GET', `/v1/workspaces/${customer.workspaceId}/connections`);
      const connected = body.data.map(
        ({ platform, status, channels }: { platform: string; status: string; channels: unknown[] }) =>
          `${platform} ${status}: ${channels.length}`,
      );
      expect(connected.sort()).toEqual([
        `google-business connected: ${places.length}`,
        'tiktok connected: 1',
        'youtube connected: 1',
      ]);
      expect(browsing.faults).toEqual([]);
    },
    150_000,
  );

  it.each(SCREENS)(
    'have photos posted on TikTok once somebody chose who sees them and agreed to its terms, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['TikTok']);
      const text = `The bakery at six, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await attach(page, [await photo()]);
      await page.getByRole('tab', { name: /TikTok/ }).click();
      const audience = page.getByLabel('Who can see this post').and(page.locator('input'));
      // Nothing is chosen or agreed to for anybody.
      expect(await audience.inputValue()).toBe('');
      const consent = page.getByRole('checkbox', { name: /Music Usage Confirmation/ });
      expect(await consent.isChecked()).toBe(false);
      await choose(page, 'Who can see this post', 'Everyone');
      await consent.check();
      await page.getByText('Allow comments', { exact: true }).click();
      await readable(page);
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown).toMatchObject({
        platform: 'tiktok',
        details: { format: 'photos', audience: 'everyone', comments: true },
      });
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  // https://developers.tiktok.com/doc/content-sharing-guidelines ("Required UX Implementation in Your App")
  it.each(SCREENS)(
    'have commercial content labeled and declared in the words of TikTok, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['TikTok']);
      const text = `Paid for by a mill, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await attach(page, [await photo()]);
      await page.getByRole('tab', { name: /TikTok/ }).click();
      const box = (name: string | RegExp) => page.getByRole('checkbox', { name, exact: true });
      const [own, branded] = [box('Your brand'), box('Branded content')];
      const promotional = page.getByText("labeled as 'Promotional content'");
      const paid = page.getByText("labeled as 'Paid partnership'");
      const notPrivate = 'Branded content visibility cannot be set to private.';
      expect(await box('Disclose commercial content').isChecked()).toBe(false);
      expect(await own.count()).toBe(0);
      await box('Disclose commercial content').check();
      // Neither is chosen for anybody, nothing is said of labels before, and it cannot go out like that.
      expect([await own.isChecked(), await branded.isChecked()]).toEqual([false, false]);
      expect([await promotional.count(), await paid.count()]).toEqual([0, 0]);
      await page.getByText('indicate if your content promotes yourself, a third party, or both').first().waitFor();
      await own.check();
      await promotional.waitFor();
      await branded.check();
      await paid.waitFor();
      expect(await promotional.count()).toBe(0);
      // One declaration, and it is the one for branded content.
      expect(await page.getByRole('checkbox', { name: /you agree/ }).count()).toBe(1);
      const consent = box(/Branded Content Policy.*and Music Usage Confirmation/);
      expect(await consent.isChecked()).toBe(false);
      const audience = page.getByLabel('Who can see this post').and(page.locator('input'));
      await audience.click();
      const onlyMe = page.getByRole('option', { name: /Only me/ });
      await onlyMe.getByText(notPrivate).waitFor();
      await onlyMe.click({ force: true });
      expect(await audience.inputValue()).toBe('');
      await page.getByRole('option', { name: 'Everyone' }).click();
      await readable(page);
      // The other way round: what is private cannot be branded.
      await branded.uncheck();
      await promotional.waitFor();
      await choose(page, 'Who can see this post', 'Only me');
      await page.getByText(notPrivate).waitFor();
      expect(await branded.isDisabled()).toBe(true);
      await choose(page, 'Who can see this post', 'Friends');
      await branded.check();
      await consent.check();
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown.details).toMatchObject({ audience: 'friends', paidPartnership: true, promotionalContent: false });
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it.each(SCREENS)(
    'have a video on YouTube with its title, thumbnail and playlist, and said whether it is made for kids, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['YouTube']);
      const text = `How rye is baked, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await page.locator('input[type=file]').first().setInputFiles(film);
      await page.getByRole('button', { name: 'Adjust video 1' }).click();
      const dialog = page.getByRole('dialog', { name: 'Adjust video 1' });
      const cover = dialog.getByRole('slider', { name: 'Cover frame' });
      for (let step = 0; step < 5; step += 1) await cover.press('ArrowRight');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: /YouTube/ }).click();
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Rye at six');
      await choose(page, 'Made for kids', 'No, it is not made for kids');
      await choose(page, 'Playlist', /^Cakes/);
      await readable(page);
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown).toMatchObject({ platform: 'youtube', details: { title: 'Rye at six', playlists: ['Cakes'] } });
      expect(shown.details.cover).toMatch(/^[0-9a-f]{64}$/);
      await page.goto('/practice');
      await settled(page);
      const seen = page.locator('article[data-platform=youtube]').filter({ hasText: text });
      await seen.getByText('In the playlist: Cakes').first().waitFor();
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it.each(SCREENS)(
    'have an event with a button at a place of Google, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['Google Business Profile']);
      const text = `Come and bake with us, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await page.getByRole('textbox', { name: 'Link', exact: true }).fill('https://example.com/evening');
      await page.getByRole('tab', { name: /Google Business Profile/ }).click();
      await page.getByRole('radio', { name: /^Event/ }).click();
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('An evening of bread');
      await page.getByLabel('First day').fill('2027-01-10');
      await page.getByLabel('Begins at').fill('18:00');
      await page.getByLabel('Last day').fill('2027-01-10');
      await page.getByLabel('Ends at').fill('21:30');
      await choose(page, 'Button', 'Learn more');
      await readable(page);
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown).toMatchObject({ platform: 'google-business', details: { format: 'event', button: 'LEARN_MORE' } });
      await page.goto('/practice');
      await settled(page);
      const seen = page.locator('article[data-platform=google-business]').filter({ hasText: text });
      await seen.getByText('2027-01-10 18:00 to 2027-01-10 21:30').first().waitFor();
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it('get one post together with all other networks that take photos, which everybody can see there', async () => {
    const { page } = await writing(WIDE, PICTURED);
    const text = 'Open from seven on';
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
    await attach(page, [await photo()]);
    await page.getByRole('tab', { name: /Pinterest/ }).click();
    await choose(page, 'Board', 'Bread and cakes');
    await page.getByRole('tab', { name: /TikTok/ }).click();
    await choose(page, 'Who can see this post', 'Everyone');
    await page.getByRole('checkbox', { name: /Music Usage Confirmation/ }).check();
    await readable(page);
    await publish(page, PICTURED.length);
    const shown = await networks.showing(text);
    expect(shown).toHaveLength(PICTURED.length);
    await page.goto('/practice');
    await settled(page);
    for (const { platform } of shown) {
      await page.locator(`article[data-platform=${platform}]`).filter({ hasText: text }).first().waitFor();
    }
    await readable(page);
    expect(browsing.faults).toEqual([]);
  }, 300_000);

  const writing = (viewport: typeof WIDE, platforms: readonly string[]) =>
    startWriting({ at, browsing }, viewport, platforms, `Baker at ${viewport.width}`);
});

async function readable(page: Page): Promise<void> {
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await accessibilityViolations(page)).toEqual([]);
}

/** Of noise, which cannot be made small: Google takes no photo below 10 KB. */
async function photo() {
  const noise = { type: 'gaussian', mean: 160, sigma: 20 } as const;
  const buffer = await sharp({ create: { width: 1_080, height: 1_080, channels: 3, background: '#000', noise } })
    .jpeg()
    .toBuffer();
  return { name: 'loaf.jpg', mimeType: 'image/jpeg', buffer };
}
