import { type Page } from 'playwright-core';
import { pdf } from '../../../libs/media/testing/documents.js';
import { accessibilityViolations, Browsing, SCREENS, settled, sidewaysScroll, WIDE } from '../../support/browsing.js';
import { attach, choose, picture, PROCESSED_MS, publish, startWriting } from '../../support/composing.js';
import { connectByConsent } from '../../support/connecting.js';
import { Customer, PracticeNetworks } from '../../support/customer.js';
import { type AllInOne, Processes } from '../../support/processes.js';

/** Everything that takes one text with one picture. */
const EVERYWHERE = [
  ...(['Bluesky', 'Facebook', 'Instagram', 'LinkedIn', 'Mastodon', 'Pinterest', 'Threads', 'X'] as const),
];

describe('X, LinkedIn and Pinterest', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  beforeAll(async () => {
    [at, browsing] = await Promise.all([processes.startAll(), Browsing.start()]);
    networks = new PracticeNetworks(at);
  }, 120_000);
  afterEach(() => browsing.closeAll());
  afterAll(async () => {
    await processes.end();
  });

  it.each(SCREENS)(
    'are connected on their own pages, several organizations at once, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/channels`);
      await settled(page);
      const readable = async (tab: Page) => {
        expect(await sidewaysScroll(tab)).toBe(0);
        expect(await accessibilityViolations(tab)).toEqual([]);
      };
      await connectByConsent(page, { network: 'X', person: `Reader at ${viewport.width}` }, readable);
      await connectByConsent(page, { network: 'LinkedIn', way: 'Your own profile' }, readable);
      const person = 'Another Person';
      const pages = await connectByConsent(
        page,
        { network: 'LinkedIn', way: 'Pages of organizations', person },
        readable,
      );
      // Not the museum, where this person may only read.
      const names = ['Practice Bakery', 'Practice Bikes', 'Practice Café', person];
      expect(pages.map((words) => names.find((name) => words.startsWith(name)))).toEqual(names);
      await connectByConsent(page, { network: 'Pinterest' }, readable);
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      const { body } = await customer.request('GET', `/v1/workspaces/${customer.workspaceId}/connections`);
      const connected = body.data.map(
        ({ platform, status, channels }: { platform: string; status: string; channels: unknown[] }) =>
          `${platform} ${status}: ${channels.length}`,
      );
      expect(connected.sort()).toEqual([
        'linkedin connected: 1',
        'linkedin connected: 4',
        'pinterest connected: 1',
        'x connected: 1',
      ]);
      expect(browsing.faults).toEqual([]);
    },
    150_000,
  );

  it.each(SCREENS)(
    'tell what a thread on X costs before it is published, and what it did cost, at %s',
    async (_, viewport) => {
      const { page, customer } = await writing(viewport, ['X'], `Writer at ${viewport.width}`);
      const texts = [
        `Bread is slow, at ${viewport.width}.`,
        'It takes a night.',
        'Read more: https://example.com/bread',
      ];
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(texts[0] ?? '');
      for (const text of texts.slice(1)) {
        await page.getByRole('button', { name: 'Add a part', exact: true }).last().click();
        await page.keyboard.type(text);
      }
      const cost = page.getByRole('group', { name: 'What it costs' });
      // Two posts, and one that holds a link.
      await cost.getByText(/\$\s?0\.23\b/).waitFor();
      await cost.getByText(/practice/).waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      await publish(page, 1);
      await page.getByText('3 of 3 messages are out').waitFor({ timeout: PROCESSED_MS });
      await page.getByText('Cost so far').waitFor();
      await page
        .getByText(/\$\s?0\.23\b/)
        .first()
        .waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);

      // The same words are written at either size: the last three are these.
      const thread = (await networks.visible('x')).slice(-texts.length);
      expect(thread.map(({ text }) => text)).toEqual(texts);
      expect(thread.map(({ replyTo }) => replyTo)).toEqual([undefined, thread[0].id, thread[1].id]);

      await page.goto(`/w/${customer.workspaceId}/spending`);
      await settled(page);
      await page
        .getByText(/\$\s?0\.2/)
        .first()
        .waitFor();
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it.each(SCREENS)(
    'take a document on LinkedIn, whose pages are counted, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['LinkedIn']);
      const text = `Our autumn menu, at ${viewport.width} (for *everybody*)`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      const file = { name: 'menu.pdf', mimeType: 'application/pdf', buffer: pdf({ pages: 3 }) };
      await page.locator('input[type=file]').first().setInputFiles(file);
      await page
        .getByText(/3 pages/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: /^Choose “Document” on LinkedIn/ }).click();
      await page.getByRole('tab', { name: /LinkedIn/ }).click();
      await page.getByRole('textbox', { name: 'Title of the document' }).fill('Autumn menu');
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown).toMatchObject({ platform: 'linkedin', text, details: { format: 'document' } });
      expect(JSON.stringify(shown.details)).toContain('Autumn menu');
      expect(shown.media.map(({ contentType }: { contentType: string }) => contentType)).toEqual(['application/pdf']);
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it.each(SCREENS)(
    'take a pin on a board and in a section of it, chosen from lists, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, ['Pinterest']);
      const text = `A loaf of rye, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await attach(page, [await picture(1_000, 1_500, '#8a5a2c')]);
      await page.getByRole('textbox', { name: 'Description of image 1' }).fill('Rye bread');
      await page.getByRole('tab', { name: /Pinterest/ }).click();
      await choose(page, 'Board', 'Bread and cakes');
      await choose(page, 'Section', 'Rye');
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Rye');
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      await publish(page, 1);
      const [shown] = await networks.showing(text);
      expect(shown).toMatchObject({ platform: 'pinterest', text, media: [{ altText: 'Rye bread' }] });
      const details = JSON.stringify(shown.details);
      for (const word of ['Bread and cakes', 'Rye']) expect(details).toContain(word);

      await page.goto('/practice');
      await settled(page);
      const seen = page.locator('article[data-platform=pinterest]').filter({ hasText: text });
      await seen
        .getByText(/Bread and cakes/)
        .first()
        .waitFor();
      expect(browsing.faults).toEqual([]);
    },
    240_000,
  );

  it.each(SCREENS)(
    'get one post together with all other networks, which everybody can see there, at %s',
    async (_, viewport) => {
      const { page } = await writing(viewport, EVERYWHERE, `Baker at ${viewport.width}`);
      const text = `Open from seven, at ${viewport.width}`;
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
      await attach(page, [await picture(1_080, 1_080, '#c98f5a')]);
      await page.getByRole('textbox', { name: 'Description of image 1' }).fill('A loaf');
      await page.getByRole('tab', { name: /Pinterest/ }).click();
      await choose(page, 'Board', 'Café corner');
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      await publish(page, EVERYWHERE.length);
      const shown = await networks.showing(text);
      expect(shown.map(({ platform }) => platform).sort()).toEqual(EVERYWHERE.map((name) => name.toLowerCase()).sort());
      for (const { media } of shown) expect(media).toMatchObject([{ altText: 'A loaf' }]);

      await page.goto('/practice');
      await settled(page);
      for (const platform of EVERYWHERE) {
        const seen = page.locator(`article[data-platform=${platform.toLowerCase()}]`).filter({ hasText: text });
        await seen.first().getByRole('img', { name: 'A loaf' }).waitFor();
      }
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(browsing.faults).toEqual([]);
    },
    300_000,
  );

  const writing = (viewport: typeof WIDE, platforms: readonly string[], person?: string) =>
    startWriting({ at, browsing }, viewport, platforms, person);
});
