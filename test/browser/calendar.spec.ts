import { type Locator, type Page } from 'playwright-core';
import sharp from 'sharp';
import { accessibilityViolations, Browsing, NARROW, settled, sidewaysScroll, WIDE } from '../support/browsing.js';
import { Customer, expectStatus } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const DAY_MS = 86_400_000;

describe('The calendar', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let customer: Customer;
  let channel: string;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    customer = await Customer.signUp(at);
    channel = await customer.connect('bluesky');
  });
  afterEach(() => browsing.closeAll());

  it('moves a post to the day it is dropped on, at the same time of day, and takes it back', async () => {
    const from = middleOfNextMonth();
    const post = await plan(`${from}T09:30`, 'Dragged along');
    const page = await open(`?view=month&date=${from}`);
    const event = page.getByRole('button', { name: /Dragged along/ }).first();
    const target = dayAfter(from, 2);
    await drag(page, event, page.locator(`[data-date="${target}"]`).first());
    await page
      .getByText(/Moved to|Rescheduled/i)
      .first()
      .waitFor();
    expect(await dueAt(post)).toBe(`${target}T09:30`);
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await dueAt(post)).toBe(`${from}T09:30`));
    expect(browsing.faults).toEqual([]);
  });

  it('refuses a time that has passed, says so at its field, and leaves everything as it was', async () => {
    const day = middleOfNextMonth();
    const post = await plan(`${day}T23:45`, 'Not into the past');
    const page = await open(`?view=list&date=${day}`);
    // By the browser's clock it is noon of that day.
    await page.clock.setFixedTime(`${day}T12:00:00+01:00`);
    await reschedule(page, /Not into the past/, '11:00');
    await page.getByText('That time has passed').waitFor();
    expect(await dueAt(post)).toBe(`${day}T23:45`);
  });

  it('keeps its filters in the address', async () => {
    const day = middleOfNextMonth();
    await plan(`${day}T11:00`, 'To be filtered');
    const page = await open(`?view=list&date=${day}&states=${encodeURIComponent(JSON.stringify(['published']))}`);
    await page.getByText(/Nothing matches/i).waitFor();
    await page
      .getByRole('button', { name: /Remove the filter/ })
      .first()
      .click();
    await page.getByText('To be filtered').first().waitFor();
    expect(page.url()).not.toContain('published');
    await page.goBack();
    await page.getByText(/Nothing matches/i).waitFor();
  });

  it('is a list on a phone, where a form moves a post', async () => {
    const day = middleOfNextMonth();
    const post = await plan(`${day}T15:00`, 'By thumb');
    const page = await open(`?date=${day}`, NARROW);
    expect(await sidewaysScroll(page)).toBe(0);
    await reschedule(page, /By thumb/, '16:20');
    await eventually(async () => expect(await dueAt(post)).toBe(`${day}T16:20`));
    await page.getByText('16:20').first().waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    expect(browsing.faults).toEqual([]);
  });

  it('marks what is out and still needs a hand, and says in its panel what', async () => {
    const account = await customer.connect('tiktok');
    const picture = await sharp({ create: { width: 720, height: 960, channels: 3, background: '#802040' } })
      .jpeg()
      .toBuffer();
    const media = await customer.upload(picture, undefined, 'draft.jpg');
    const { body } = await customer.post({
      content: { text: 'For the inbox' },
      media: [{ id: media }],
      channels: [{ id: account, settings: { format: 'draft' } }],
    });
    const { note } = await customer.untilState(body.publications[0].id, 'published');
    expect(note).toContain('inbox in the TikTok app until somebody finishes and posts it there.');
    for (const view of ['month', 'list']) {
      const page = await open(`?view=${view}`);
      const event = page
        .getByRole('button', { name: /For the inbox/ })
        .filter({ has: page.locator('[data-state=noted]') });
      // What is seen as a sign is heard in words, and read by whoever points at it.
      expect(await event.first().innerText()).toContain(note);
      expect(await event.first().locator('[data-state=noted]').getAttribute('title')).toBe(
        `Published, see note: ${note}`,
      );
      await event.first().click();
      await page.getByRole('dialog').getByText(note, { exact: true }).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    expect(browsing.faults).toEqual([]);
  });

  async function open(search: string, viewport = WIDE): Promise<Page> {
    const page = await browsing.openAs(customer, at.url, { viewport });
    await page.goto(`/w/${customer.workspaceId}/calendar${search}`);
    await settled(page);
    return page;
  }

  async function plan(local: string, text: string): Promise<string> {
    const schedule = { at: local, timeZone: 'Europe/Berlin' };
    return (await customer.post({ content: { text }, channels: [{ id: channel }], schedule })).body.id;
  }

  /** When a post goes out, by the clocks of Berlin. */
  async function dueAt(postId: string): Promise<string> {
    const { body } = expectStatus(await customer.request('GET', `/v1/posts/${postId}`), 200);
    const due = body.publications.find(({ state }: { state: string }) => state !== 'cancelled').dueAt;
    return new Date(due).toLocaleString('sv', { timeZone: 'Europe/Berlin' }).replace(' ', 'T').slice(0, 16);
  }
});

/** Opens a post and gives it another time of the same day. */
async function reschedule(page: Page, post: RegExp, time: string): Promise<void> {
  await page.getByRole('button', { name: post }).first().click();
  await page.getByRole('button', { name: 'Reschedule' }).click();
  const form = page.getByRole('form', { name: 'Reschedule' });
  await form.getByLabel('Time').fill(time);
  await form.getByRole('button', { name: 'Move' }).click();
}

/** Asks again until what is expected holds. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const end = performance.now() + 10_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

/** A Tuesday or so, with room on both sides, that no run is near. */
function middleOfNextMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15)).toISOString().slice(0, 10);
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** As a hand does it: down, a little, over, up. */
async function drag(page: Page, what: Locator, where: Locator): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const [from, to] = [await what.boundingBox(), await where.boundingBox()];
  if (!from || !to) throw new Error('Nothing to drag, or nowhere to drop it.');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 12, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
  await page.mouse.up();
}
