import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { connectAll } from '../support/agency.js';
import { accessibilityViolations, Browsing, NARROW, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const PICTURE = join(import.meta.dirname, '../fixtures/cup.jpg');
const TEXTS = [
  'Three things that we learned about water.',
  'First: taste it alone, before the coffee.',
  'Second: a filter costs less than a grinder.',
] as const;
const COMMENT = 'All of it: https://example.com/water #coffee';

describe('A thread', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    networks = await PracticeNetworks.fromNowOn(at);
  });
  afterEach(() => browsing.closeAll());

  async function compose(names: readonly string[], look: { viewport?: { width: number; height: number } } = {}) {
    const customer = await Customer.signUp(at);
    await connectAll(customer);
    const page = await browsing.openAs(customer, at.url, look);
    await page.goto(`/w/${customer.workspaceId}/compose`);
    await settled(page);
    for (const name of names) await page.getByRole('checkbox', { name }).check({ force: true });
    return { page };
  }

  it('with an image in its second part and a first comment goes out in order where networks have threads, and as one text where they have none', async () => {
    const { page } = await compose(['northroast.bsky.test', 'Practice Bakery']);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(TEXTS[0]);
    await page.getByRole('button', { name: 'Add a part', exact: true }).click();
    // Whoever adds a part writes on at once; Alt and Enter begin the next one.
    await page.keyboard.type(TEXTS[1]);
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.type(TEXTS[2]);
    const second = page.getByRole('group', { name: 'Part 2 of 3', exact: true });
    await second.locator('input[type=file]').setInputFiles(PICTURE);
    await second.getByRole('textbox', { name: 'Description of image 1 of part 2' }).fill('A cup of coffee');
    await page.getByRole('button', { name: 'Add a first comment' }).click();
    await page.getByRole('textbox', { name: 'First comment' }).fill(COMMENT);

    // Facebook has none: said where it is written, and mended with one press.
    await page.getByText('ClickPost publishes no threads on Facebook.').waitFor();
    await page.getByRole('button', { name: 'One text on Facebook' }).click();
    await page.getByText('Facebook gets a text of its own, and no thread.').waitFor();
    const preview = page.getByRole('article', { name: 'Preview: northroast.bsky.test' });
    expect(await preview.getByRole('listitem').count()).toBe(4);

    // It is kept as it is written.
    await page.locator('[data-save=saved]').waitFor();
    await page.reload();
    await settled(page);
    expect(await textOfPart(page, 3)).toBe(TEXTS[2]);

    await page.locator('label').filter({ hasText: 'Publish now' }).click();
    await page.getByRole('button', { name: 'Publish now', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
    const card = page.getByRole('article').filter({ hasText: 'northroast.bsky.test' });
    await card.getByText('4 of 4 messages are out').waitFor({ timeout: 20_000 });
    const messages = await card.locator('[data-segment=published]').allTextContents();
    expect(messages.map((text) => /^(First comment|Part \d)/.exec(text)?.[1])).toEqual([
      'Part 1',
      'Part 2',
      'Part 3',
      'First comment',
    ]);
    await page.getByRole('article').filter({ hasText: 'Practice Bakery' }).locator('[data-state=published]').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    const onBluesky = (await networks.visible('bluesky')).map(({ text }) => text);
    expect(onBluesky).toEqual([...TEXTS, COMMENT]);
    const onFacebook = await networks.visible('facebook');
    expect(onFacebook.map(({ text }) => text)).toEqual([TEXTS.join('\n\n'), COMMENT]);
    expect(onFacebook[0].media.map(({ altText }: { altText: string }) => altText)).toEqual(['A cup of coffee']);

    await page.goto('/practice');
    await settled(page);
    const feed = page.locator('article[data-platform=bluesky]');
    await feed.filter({ hasText: COMMENT }).waitFor();
    // The parts and the comment hang below the post, in their order.
    expect(await feed.count()).toBe(1);
    const below = await feed.getByRole('list', { name: 'Below it' }).getByRole('listitem').allInnerTexts();
    expect(below.map((shown) => [...TEXTS, COMMENT].findIndex((text) => shown.includes(text)))).toEqual([1, 2, 3]);
    await feed.filter({ hasText: TEXTS[1] }).getByRole('img', { name: 'A cup of coffee' }).waitFor();
    expect(browsing.faults).toEqual([]);
  }, 60_000);

  it('is made of a text that is too long, its parts are moved and removed by keyboard, on a phone', async () => {
    const { page } = await compose(['northroast.bsky.test', 'Practice northroast'], { viewport: NARROW });
    const sentence = (name: string) => `${name} ${'word '.repeat(38)}end.`;
    const long = [sentence('One'), sentence('Two'), sentence('Three')].join(' ');
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(long);
    await page.getByRole('button', { name: 'Split into a thread' }).click();
    await page.getByRole('group', { name: 'Part 3 of 3', exact: true }).waitFor();
    expect(await textOfPart(page, 1)).toBe(sentence('One'));
    expect(await textOfPart(page, 3)).toBe(sentence('Three'));
    expect(await page.getByText(/too long|are allowed/).count()).toBe(0);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Move part 3 up' }).press('Enter');
    await page.getByText('Part 3 is now part 2 of 3.').waitFor({ state: 'attached' });
    expect(await textOfPart(page, 2)).toBe(sentence('Three'));
    expect(await focused(page)).toBe('Move part 2 down');
    await page.getByRole('button', { name: 'Remove part 2' }).press('Enter');
    await page.getByRole('group', { name: 'Part 2 of 2', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    expect(await textOfPart(page, 2)).toBe(sentence('Three'));
  }, 60_000);

  it('says at its part what stands against it, also after a reload, and keeps a scheduled thread in an edit', async () => {
    const customer = await Customer.signUp(at);
    const { bluesky } = await connectAll(customer);
    const content = {
      text: TEXTS[0],
      thread: [{ text: TEXTS[1] }, { text: TEXTS[2] }],
      firstComment: { text: COMMENT },
    };
    const schedule = { at: '2031-05-05T10:00', timeZone: 'Europe/Berlin' };
    const post = await customer.post({ content, channels: [{ id: bluesky }], schedule });
    const page = await browsing.openAs(customer, at.url);
    await page.goto(`/w/${customer.workspaceId}/compose/${post.body.id}`);
    await settled(page);
    const third = page.getByRole('textbox', { name: 'Text of part 3 of 3' });
    await third.fill('x'.repeat(301));
    const ofThird = page.getByRole('group', { name: 'Part 3 of 3', exact: true });
    await ofThird.getByText('Part 3 is 301 characters long as Bluesky counts; 300 are allowed.').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    expect(await focused(page)).toBe('Text of part 3 of 3');
    await third.fill('And now: it fits.');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
    const saved = expectStatus(await customer.request('GET', `/v1/posts/${post.body.id}`), 200).body;
    expect(saved.content).toEqual({ ...content, thread: [{ text: TEXTS[1] }, { text: 'And now: it fits.' }] });
  }, 60_000);
});

/** @param number from 1, as people count */
function textOfPart(page: Page, number: number): Promise<string> {
  return page.getByRole('textbox', { name: new RegExp(`^Text of part ${number} of `) }).inputValue();
}

/** The name of what has the focus, once the screen is drawn. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(
    `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.activeElement?.getAttribute('aria-label')))))`,
  );
}
