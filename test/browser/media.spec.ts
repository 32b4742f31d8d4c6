import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, type Locator, type Page } from 'playwright-core';
import { probeMedia } from '#media';
import { displayMatrix } from '../../libs/media/testing/boxes.js';
import { cached, CLIPS } from '../../libs/media/testing/clips.js';
import { accessibilityViolations, Browsing, SCREENS, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer, PracticeNetworks } from '../support/customer.js';
import { type AllInOne, until } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

/** Held upright, and larger than Bluesky takes: Mastodon gets it in its own size. */
const [WIDTH, HEIGHT] = [1440, 2560];
/** A line on which the clip takes so long that a person can watch, in seconds. */
const SLOW_S = 8;
/** How much of the clip the line lets through at first, and after the pause: it is never whole before the line is mended. */
const [FIRST_SHARE, SECOND_SHARE] = [0.4, 0.7];

describe('A video', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  let clip: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clickpost-browser-'));
    const phone = cached('large-portrait-phone', {
      ...{ ...CLIPS.portraitPhone, width: WIDTH, height: HEIGHT, framesPerSecond: 15, lasting: 3 },
      // Each picture whole, so that there is something to send.
      picture: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-g', '1'],
      patch: (file) => displayMatrix(file, 90, HEIGHT, WIDTH),
    });
    [at, browsing, clip] = await Promise.all([sharedInstallation(), Browsing.start(), phone]);
    networks = new PracticeNetworks(at);
  }, 120_000);
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it.each(SCREENS)(
    'of a phone is uploaded over a bad line, adjusted, held while it is made, and goes out as each network takes it, at %s',
    async (_, viewport) => {
      const { customer, page } = await writing(viewport);
      const text = `Market day at ${viewport.width} px`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      const { size } = await stat(clip);
      const line = await Line.of(page);
      await line.slow(size / SLOW_S, size * FIRST_SHARE);
      await attach(page);

      // It comes along, stands still when somebody says so, and goes on by itself after the connection was lost.
      const row = page.getByRole('group', { name: /^Upload of / });
      const seen = [await percentAbove(row, 5)];
      await row.getByRole('button', { name: /^Pause/ }).click();
      await row.getByText(/^Paused at \d+ %$/).waitFor();
      // Whoever is too early is told so, and no longer than that.
      await page.keyboard.press('Control+Enter');
      const early = page.getByRole('alert').filter({ hasText: 'A file is still on its way.' });
      await early.waitFor();
      await line.reach(size * SECOND_SHARE);
      await row.getByRole('button', { name: /^Go on/ }).click();
      seen.push(await percentAbove(row, seen[0] ?? 0));
      await line.cut();
      await row.getByText(/Connection lost at \d+ %/).waitFor();
      await line.mend();
      const description = page.getByRole('textbox', { name: 'Description of video 1' });
      await description.waitFor({ timeout: 30_000 });
      expect(await early.count()).toBe(0);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      await description.fill('People between stalls');

      // What will be changed, for each network in words.
      const changes = page.getByRole('list', { name: 'What will be changed' });
      await changes.getByText(`${WIDTH} × ${HEIGHT}`).waitFor();
      await changes.getByText('1080 × 1920').waitFor();
      await changes.getByText(/Size changed/).waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);

      await adjust(page);
      await page.getByText(/Cropped .*trimmed to 0:00\.0 to 0:01\.5, cover at 0:00\.5/).waitFor();
      await changes
        .getByText(/Trimmed/)
        .first()
        .waitFor();

      await page.getByRole('radiogroup').getByText('Publish now').click();
      await page.getByRole('button', { name: 'Publish now', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
      const made = page.getByRole('region', { name: 'What will be changed' });
      await made.getByText('Made and checked.').nth(1).waitFor({ timeout: 60_000 });
      await page.locator('article [data-state=published]').nth(1).waitFor({ timeout: 30_000 });
      expect(await made.locator('video').count()).toBe(2);
      expect(await accessibilityViolations(page)).toEqual([]);
      for (const id of await publicationsOf(customer, page)) {
        expect(await customer.story(id)).toEqual(expect.arrayContaining(['held', 'released', 'published']));
      }

      await page.goto('/practice');
      await page.locator('article video').nth(1).waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await shown(page, text)).toEqual({
        bluesky: { width: 1080, height: 1920, seconds: 1.5 },
        mastodon: { width: WIDTH, height: HEIGHT, seconds: 1.5 },
      });
      expect(browsing.faults).toEqual([]);
    },
    180_000,
  );

  it('that a reload interrupted goes on where it stopped when the same file is chosen again', async () => {
    const { page } = await writing(SCREENS[0][1]);
    const { size } = await stat(clip);
    const line = await Line.of(page);
    await line.slow(size / SLOW_S, size * SECOND_SHARE);
    await attach(page);
    await percentAbove(page.getByRole('group', { name: /^Upload of / }), 20);
    // Whatever screen is open, it goes on, and is to be seen.
    await page.getByRole('link', { name: 'Calendar' }).click();
    const tray = page.getByRole('region', { name: 'Uploads' });
    await percentAbove(tray, 30);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.reload();

    await tray.getByText(/Its upload was interrupted/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await line.mend();
    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await tray.locator('input[type=file]').setInputFiles(clip);
    await tray.getByText('1 file uploaded').waitFor({ timeout: 30_000 });
    await tray.getByText('In the library').waitFor();
    expect(offsets[0]).toBeGreaterThan(0);
    await tray.getByRole('button', { name: 'Close the uploads' }).click();
    await tray.waitFor({ state: 'hidden' });
    expect(browsing.faults).toEqual([]);
  }, 90_000);

  it('that is none is refused by its content, with what to do', async () => {
    const { page } = await writing(SCREENS[1][1]);
    const path = join(folder, 'holiday.mp4');
    await writeFile(path, 'This is no film at all. '.repeat(500));
    await page.locator('input[type=file]').first().setInputFiles(path);
    const row = page.getByRole('group', { name: 'Upload of holiday.mp4' });
    await row.locator('[data-upload=refused]').waitFor();
    await row.getByRole('button', { name: 'Remove holiday.mp4' }).click();
    await row.waitFor({ state: 'hidden' });
    expect(browsing.faults).toEqual([]);
  });

  /** Somebody in front of a new post for a practice channel of Mastodon and one of Bluesky. */
  async function writing(viewport: { width: number; height: number }): Promise<{ customer: Customer; page: Page }> {
    const customer = await Customer.signUp(at);
    for (const platform of ['mastodon', 'bluesky']) await customer.connect(platform);
    const page = await browsing.openAs(customer, at.url, { viewport });
    await page.goto(`/w/${customer.workspaceId}/compose`);
    await settled(page);
    for (const channel of await page.getByRole('checkbox').all()) await channel.check({ force: true });
    return { customer, page };
  }

  async function attach(page: Page): Promise<void> {
    await page.locator('input[type=file]').first().setInputFiles(clip);
  }

  /** The files that the practice networks show, by network. */
  async function shown(page: Page, text: string): Promise<Record<string, unknown>> {
    const files: Record<string, unknown> = {};
    for (const { platform, media } of await networks.showing(text)) {
      const answer = await page.request.get(`/v1/practice/media/${media[0].digest}`);
      const path = join(folder, `${platform}.mp4`);
      await writeFile(path, await answer.body());
      const facts = await probeMedia(path);
      if (facts.kind !== 'video') throw new Error(`${platform} shows a ${facts.kind}.`);
      const { width, height, durationMs } = facts;
      files[platform] = { width, height, seconds: Math.round(durationMs / 100) / 10 };
    }
    return files;
  }
});

/** Crops around a point above the middle, takes a part of it, and chooses a cover; by keyboard where that is harder. */
async function adjust(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Adjust video 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Adjust video 1' });
  await dialog.getByRole('list', { name: 'What each channel gets' }).getByText('9:16').first().waitFor();
  await dialog.getByText('Crop the edges').click();
  const focus = dialog.getByRole('slider', { name: 'Focus point' });
  await focus.press('ArrowUp');
  expect(await focus.getAttribute('aria-valuetext')).toBe('50 % from the left, 48 % from the top');
  const to = dialog.getByRole('textbox', { name: 'To' });
  await to.fill('0:01.5');
  await to.blur();
  expect(await dialog.getByRole('slider', { name: 'End' }).getAttribute('aria-valuenow')).toBe('1500');
  const cover = dialog.getByRole('slider', { name: 'Cover frame' });
  for (let step = 0; step < 5; step += 1) await cover.press('ArrowRight');
  await dialog.getByText('The frame at 0:00.5').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Waits until an upload is further than this, and says how far it is, in percent. */
async function percentAbove(place: Locator, percent: number): Promise<number> {
  const bar = place.getByRole('progressbar');
  return until(
    async () => {
      const value = Number(await bar.getAttribute('aria-valuenow'));
      return value > percent ? value : undefined;
    },
    () => `The upload does not get further than ${percent} %.`,
  );
}

async function publicationsOf(customer: Customer, page: Page): Promise<string[]> {
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { body } = await customer.request('GET', `/v1/posts/${id}`);
  return body.publications.map((one: { id: string }) => one.id);
}

/**
 * What a browser sends of an upload, up to a place in the file: what lies beyond waits until the line reaches further, so
 * that nothing has to be quicker than the upload. A line that is cut gives everything that waits to the network, which fails it.
 */
const GATE = `(() => {
  const { send, abort, setRequestHeader } = XMLHttpRequest.prototype;
  const offsets = new WeakMap();
  const waiting = new Map();
  let reached = Infinity;
  const pass = (request, body) => {
    const room = Math.max(0, Math.floor(reached) - (offsets.get(request) ?? 0));
    if (!(body instanceof Blob) || room >= body.size) send.call(request, body);
    else if (room > 0) send.call(request, body.slice(0, room));
    else waiting.set(request, body);
  };
  window.clickpostReach = (bytes) => {
    reached = bytes ?? Infinity;
    const ready = [...waiting];
    waiting.clear();
    for (const [request, body] of ready) pass(request, body);
  };
  Object.assign(XMLHttpRequest.prototype, {
    setRequestHeader(name, value) {
      if (name.toLowerCase() === 'upload-offset') offsets.set(this, Number(value));
      setRequestHeader.call(this, name, value);
    },
    send(body) {
      pass(this, body);
    },
    abort() {
      waiting.delete(this);
      abort.call(this);
    },
  });
})()`;

/** The line of a browser's page, until its next reload as bad as is wanted. */
class Line {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(page: Page): Promise<Line> {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await page.evaluate(GATE);
    return new Line(page, session);
  }

  /** @param bytesASecond that it sends @param reach how many bytes of an upload it lets through */
  async slow(bytesASecond: number, reach: number): Promise<void> {
    await this.reach(reach);
    await this.set(false, bytesASecond);
  }

  /** Lets this many bytes of an upload through; all where left out. */
  async reach(bytes?: number): Promise<void> {
    await this.page.evaluate(`window.clickpostReach?.(${bytes ?? ''})`);
  }

  async cut(): Promise<void> {
    await this.set(true, 0);
    await this.reach();
  }

  async mend(): Promise<void> {
    await this.reach();
    await this.set(false, -1);
  }

  private async set(offline: boolean, uploadThroughput: number): Promise<void> {
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput };
    await this.session.send('Network.emulateNetworkConditions', conditions);
  }
}
