import { cached } from '../../../libs/media/testing/clips.js';
import {
  accessibilityViolations,
  Browsing,
  NARROW,
  SCREENS,
  settled,
  sidewaysScroll,
  WIDE,
} from '../../support/browsing.js';
import { picture, publish, startWriting } from '../../support/composing.js';
import { connectByConsent } from '../../support/connecting.js';
import { Customer, PracticeNetworks } from '../../support/customer.js';
import { type AllInOne, Processes } from '../../support/processes.js';

/** A network, the way in which it is connected, and what a person leaves off on its consent page. */
const CONSENTS = [
  { network: 'Facebook', off: 'business_management' },
  { network: 'Instagram', way: 'With Instagram' },
  { network: 'Instagram', way: 'With Facebook', person: 'Another Person' },
  { network: 'Threads' },
] as const;

describe('Facebook, Instagram and Threads', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  let reel: string;
  beforeAll(async () => {
    const clip = { width: 540, height: 960, framesPerSecond: 30, lasting: 3.5, extension: 'mp4' } as const;
    // Encoders write an edit list of their own accord, which Instagram does not take.
    const file = ['-movflags', '+faststart+negative_cts_offsets', '-use_editlist', '0'];
    [at, browsing, reel] = await Promise.all([
      processes.startAll(),
      Browsing.start(),
      cached('reel', { ...clip, filters: ['format=yuv420p'], file }),
    ]);
    networks = new PracticeNetworks(at);
  }, 240_000);
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await processes.end();
  });

  it.each(SCREENS)(
    'are connected on their own pages, and say what does not work without a permission, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/channels`);
      await settled(page);
      for (const consent of CONSENTS) await connectByConsent(page, consent);
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      const { body } = await customer.request('GET', `/v1/workspaces/${customer.workspaceId}/connections`);
      const connected = body.data.map(({ platform, status }: Record<string, string>) => `${platform} ${status}`);
      expect(connected.sort()).toEqual([
        'facebook connected',
        'instagram connected',
        'instagram connected',
        'threads connected',
      ]);
      expect(browsing.faults).toEqual([]);
    },
    60_000,
  );

  it('get one post in three variants, as a carousel of mixed sizes on Instagram, and its story can be read', async () => {
    const { page } = await writing(WIDE, ['Facebook', 'Instagram', 'Threads']);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('The bakery opens at seven.');
    const files = page.locator('input[type=file]').first();
    await files.setInputFiles([await picture(1_200, 800, '#c98f5a'), await picture(800, 1_000, '#5a8fc9')]);
    // Whichever is taken in first, they stand in the order in which they were chosen.
    await page.getByRole('textbox', { name: 'Description of image 2' }).waitFor();
    for (const count of [1, 2]) {
      await page.getByRole('textbox', { name: `Description of image ${count}` }).fill(`Loaf ${count}`);
    }
    for (const network of ['Instagram', 'Threads']) {
      await page.getByRole('tab', { name: new RegExp(network) }).click();
      await page.getByRole('button', { name: `Write a different text for ${network}` }).click();
      await page.getByRole('textbox', { name: `Text for ${network}` }).fill(`Seven o’clock on ${network}.`);
    }
    expect(await accessibilityViolations(page)).toEqual([]);
    await publish(page, 3);

    const shown = await networks.visible();
    const mine = shown.filter(({ text }) => /seven|Seven/.test(text));
    expect(mine.map(({ platform, text, media }) => [platform, text, media.length]).sort()).toEqual([
      ['facebook', 'The bakery opens at seven.', 2],
      ['instagram', 'Seven o’clock on Instagram.', 2],
      ['threads', 'Seven o’clock on Threads.', 2],
    ]);
    for (const { media } of mine)
      expect(media.map((one: { altText: string }) => one.altText)).toEqual(['Loaf 1', 'Loaf 2']);

    const sign = page.getByRole('img', { name: 'Instagram', exact: true });
    const card = page.getByRole('article').filter({ has: sign }).first();
    const opener = card.getByRole('button', { name: 'Timeline' });
    if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.click();
    const timeline = card.getByRole('group', { name: /Timeline/ });
    await timeline
      .getByText(/Instagram accepted it/)
      .first()
      .waitFor();
    const exchanges = timeline.getByRole('button', { name: /exchange/i });
    await exchanges.last().click();
    await timeline
      .getByText(/media_publish/)
      .first()
      .waitFor();
    const told = (await timeline.textContent()) ?? '';
    expect(told).not.toMatch(/access_token|appsecret_proof=|EAA[UP]|IGAA/);

    await page.goto('/practice');
    await settled(page);
    for (const platform of ['facebook', 'instagram', 'threads']) {
      const seen = page
        .locator(`article[data-platform=${platform}]`)
        .filter({ hasText: /seven|Seven/ })
        .first();
      await seen.getByRole('img', { name: 'Loaf 1' }).waitFor();
    }
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(browsing.faults).toEqual([]);
  }, 240_000);

  it('get a reel from a phone', async () => {
    const { page } = await writing(NARROW, ['Instagram', 'Facebook']);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('How a loaf is scored');
    await page.locator('input[type=file]').first().setInputFiles(reel);
    // It has arrived; nothing can be published before.
    await page.getByRole('button', { name: 'Adjust video 1' }).waitFor();
    for (const network of ['Instagram', 'Facebook']) {
      await page.getByRole('tab', { name: new RegExp(network) }).click();
      await page.getByRole('radio', { name: /^Reel/ }).click();
    }
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    await publish(page, 2);
    expect(await sidewaysScroll(page)).toBe(0);
    const shown = await networks.showing('How a loaf is scored');
    expect(shown.map(({ platform, details }) => [platform, details.format]).sort()).toEqual([
      ['facebook', 'reel'],
      ['instagram', 'reel'],
    ]);
    await page.goto('/practice');
    await page.locator('article video').nth(1).waitFor();
    expect(browsing.faults).toEqual([]);
  }, 240_000);

  it.each(SCREENS)(
    'tell when somebody takes ClickPost away and wants their data deleted: what was planned is held with the reason, at %s',
    async (_, viewport) => {
      const person = `Leaving at ${viewport.width}`;
      const customer = await Customer.signUp(at);
      const channel = await customer.connect('facebook', { person });
      const tomorrow = { at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'Europe/Berlin' };
      const post = await customer.post({
        content: { text: 'Tomorrow' },
        channels: [{ id: channel }],
        schedule: tomorrow,
      });
      const [publication] = post.body.publications;
      const page = await browsing.openAs(customer, at.url, { viewport });

      await page.goto(`${at.sandboxUrl}/facebook/www/settings/apps`);
      const app = page.getByRole('group', { name: `ClickPost, for ${person}` });
      await app.getByRole('button', { name: 'Remove and ask for deletion of the data' }).click();
      const code = await page.locator('code').innerText();
      await page.getByRole('link', { name: 'what became of it' }).click();
      await page.getByRole('heading', { level: 1, name: /^Your data (was|is being) deleted$/ }).waitFor();
      expect(new URL(page.url()).origin).toBe(at.url);
      expect(await page.locator('main, body').first().innerText()).toContain(code);
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);

      const held = await customer.untilState(publication.id, 'held');
      expect(held.heldReason).toBe('channel-disconnected');
      await page.goto(`/w/${customer.workspaceId}/posts/${post.body.id}`);
      await settled(page);
      await page.locator('article [data-state=held]').waitFor();
      await page.getByRole('article').getByRole('link', { name: 'Reconnect' }).waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(browsing.faults).toEqual([]);
    },
    60_000,
  );

  const writing = (viewport: typeof WIDE, platforms: readonly string[]) =>
    startWriting({ at, browsing }, viewport, platforms, `Writer ${platforms.length}`);
});
