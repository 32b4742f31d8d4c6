import { type Page } from 'playwright-core';
import { Browsing, SCREENS, settled } from '../support/browsing.js';
import { Customer, expectStatus } from '../support/customer.js';
import { type AllInOne, freePort, Processes } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

describe('Writing', () => {
  const processes = new Processes();
  let at: AllInOne;
  let browsing: Browsing;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
  });
  afterEach(() => browsing.closeAll());
  afterAll(() => processes.end());

  it.each(SCREENS)(
    'survives a reload and a closed tab in the middle, and makes one draft, at %s',
    async (_, viewport) => {
      const customer = await Customer.signUp(at);
      await customer.connect('bluesky');
      const page = await browsing.openAs(customer, at.url, { viewport });
      await page.goto(`/w/${customer.workspaceId}/compose`);
      await write(page, 'Half a sent');
      await page.reload();
      expect(await written(page)).toBe('Half a sent');

      await write(page, 'Half a sentence, and then the tab is clos');
      const { url, context } = { url: `/w/${customer.workspaceId}/compose`, context: page.context() };
      await page.locator('[data-save=saved]').waitFor();
      await write(page, 'Half a sentence, and then the tab is closed');
      await page.close();
      const again = await context.newPage();
      await again.goto(url);
      await settled(again);
      // A new post begins empty once the old one is a draft; the draft has all of it.
      await again.goto(`/w/${customer.workspaceId}/drafts`);
      await again
        .getByRole('link', { name: /Half a sentence|Continue/ })
        .first()
        .click();
      expect(await written(again)).toBe('Half a sentence, and then the tab is closed');
      await again.locator('[data-save=saved], [data-save=clean]').waitFor();

      const { body } = expectStatus(
        await customer.request('GET', `/v1/workspaces/${customer.workspaceId}/posts?state=draft`),
        200,
      );
      expect(body.data.map(({ content }: { content: { text: string } }) => content.text)).toEqual([
        'Half a sentence, and then the tab is closed',
      ]);
      expect(browsing.faults).toEqual([]);
    },
    60_000,
  );

  it('goes on while the API is away, says so, and saves once when it is back; lists catch up', async () => {
    const [port, sandboxPort] = [String(await freePort()), String(await freePort())];
    const own = await processes.startAll({ PORT: port, SANDBOX_PORT: sandboxPort });
    const customer = await Customer.signUp(own);
    const channel = await customer.connect('bluesky');
    const page = await browsing.openAs(customer, own.url);
    await page.goto(`/w/${customer.workspaceId}/compose`);
    await write(page, 'Before');
    await page.locator('[data-save=saved]').waitFor();
    const calendar = await page.context().newPage();
    await calendar.goto(`/w/${customer.workspaceId}/calendar?view=list`);
    await settled(calendar);

    await own.program.kill('SIGKILL');
    await page.getByText('Connection lost').waitFor();
    await write(page, 'Before, and while nobody answered');
    await page.locator('[data-save=waiting]').waitFor();
    await calendar.getByText('Connection lost').waitFor();

    const env = { PORT: port, SANDBOX_PORT: sandboxPort, DATA_DIR: own.dataDir };
    const back = await processes.startAll(env);
    await customer
      .movedTo(back)
      .post({ content: { text: 'Written by somebody else meanwhile' }, channels: [{ id: channel }] });
    await page.getByText('Connection lost').waitFor({ state: 'hidden', timeout: 30_000 });
    await page.locator('[data-save=saved]').waitFor({ timeout: 30_000 });
    await calendar.getByText('Written by somebody else meanwhile').first().waitFor({ timeout: 30_000 });
    await calendar.locator('[data-state=published]').first().waitFor({ timeout: 30_000 });

    const { body } = await customer
      .movedTo(back)
      .request('GET', `/v1/workspaces/${customer.workspaceId}/posts?state=draft`);
    expect(body.data.map(({ content }: { content: { text: string } }) => content.text)).toEqual([
      'Before, and while nobody answered',
    ]);
  }, 90_000);

  it('of two people on one draft: the second is asked, and nothing is overwritten by itself', async () => {
    const customer = await Customer.signUp(at);
    const draft = await customer.post({ content: { text: 'Ours' }, channels: [], schedule: null });
    const page = await browsing.openAs(customer, at.url);
    await page.goto(`/w/${customer.workspaceId}/compose/${draft.body.id}`);
    await settled(page);
    const headers = { 'if-match': draft.headers.get('etag') ?? '' };
    const path = `/v1/posts/${draft.body.id}`;
    expectStatus(await customer.request('PATCH', path, { headers, json: { content: { text: 'Theirs' } } }), 200);

    await write(page, 'Mine');
    await page.getByText('Somebody else changed this post').waitFor();
    expect((await customer.request('GET', path)).body.content.text).toBe('Theirs');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.locator('[data-save=saved]').waitFor();
    expect((await customer.request('GET', path)).body.content.text).toBe('Mine');
  });
});

const box = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
}

async function written(page: Page): Promise<string> {
  await settled(page);
  return box(page).inputValue();
}
