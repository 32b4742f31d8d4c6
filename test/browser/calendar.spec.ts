import { type Locator, type Page } from 'playwright-core';
import { Browsing, NARROW, settled, sidewaysScroll, WIDE } from '../support/browsing.js';
import { Customer, expectStatus } from '../support/customer.js';
import { type AllInOne, Processes } from '../support/processes.js';

const DAY_MS = 86_400_000;

describe('The calendar', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let customer: Customer;
  let channel: string;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([processes.startAll(), Browsing.start()]);
    customer = await Customer.signUp(at);
    channel = await customer.connect('bluesky');
  });
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await browsing.end();
    await processes.end();
  });

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

  it('refuses a day that is over, says so, and leaves everything as it was', async () => {
    const day = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
    const post = await plan(`${day}T23:45`, 'Not into the past');
    const page = await open(`?view=list&date=${day}`);
    await page
      .getByRole('button', { name: /Not into the past/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Reschedule' }).first().click();
    const form = page.getByRole('form', { name: 'Reschedule' });
    await form.waitFor();
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

  it('is a list on a phone, where a form reschedules', async () => {
    const day = middleOfNextMonth();
    await plan(`${day}T15:00`, 'By thumb');
    const page = await open(`?date=${day}`, NARROW);
    await page.getByText('By thumb').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
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
