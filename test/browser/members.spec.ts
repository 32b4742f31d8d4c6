import { type Page } from 'playwright-core';
import { Browsing, settled } from '../support/browsing.js';
import { Customer, expectStatus } from '../support/customer.js';
import { linkMailedTo } from '../support/outbox-page.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const PASSWORD = 'a long passphrase';
const INVITATION = /http\S+\/invitation\/[\w-]+/;

describe('Members', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let owner: Customer;
  let north: string;
  let south: string;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    owner = await Customer.signUp(at, { name: 'Olga Owner', organization: 'Bright Agency' });
    north = owner.workspaceId;
    await owner.request('PATCH', `/v1/workspaces/${north}`, { json: { name: 'North Roast' } });
    south = expectStatus(await owner.request('POST', '/v1/workspaces', { json: { name: 'South Roast' } }), 201).body.id;
  });
  afterEach(() => browsing.closeAll());

  it('are invited by the owner, and each sees exactly their part', async () => {
    const page = await browsing.openAs(owner, at.url);
    await page.goto('/settings/members');
    await invite(page, 'ann@example.com', 'North Roast', 'author');
    await invite(page, 'carl@client.example', 'South Roast', 'approver');
    const invited = page.getByRole('region', { name: 'Invited' }).getByRole('listitem');
    await invited.filter({ hasText: 'carl@client.example' }).getByText('Approver in South Roast').waitFor();

    const ann = await accept('ann@example.com', 'Ann Author');
    expect(await workspacesOf(ann)).toEqual(['North Roast']);
    await ann.getByRole('link', { name: 'New post' }).first().waitFor();
    await ann.goto(`/w/${north}/channels`);
    await settled(ann);
    expect(await ann.getByRole('button', { name: 'Connect a channel' }).count()).toBe(0);
    await seesNothingOf(ann, south, 'North Roast');

    const carl = await accept('carl@client.example', 'Carl Client');
    expect(await workspacesOf(carl)).toEqual(['South Roast']);
    expect(await carl.getByRole('link', { name: 'New post' }).count()).toBe(0);
    await carl.goto(`/w/${south}/compose`);
    await carl.getByRole('heading', { name: 'Your role does not write here' }).waitFor();
    await seesNothingOf(carl, north, 'South Roast');

    await page.reload();
    const members = page.getByRole('region', { name: 'Members of Bright Agency' }).getByRole('listitem');
    await members.filter({ hasText: 'Ann Author' }).getByText('Author in North Roast').waitFor();
    await members.filter({ hasText: 'Carl Client' }).getByText('Approver in South Roast').waitFor();
    expect(await page.getByRole('region', { name: 'Invited' }).count()).toBe(0);

    await takeAway(page, 'Ann Author', 'North Roast');
    await ann.goto('/');
    await ann.getByRole('heading', { name: 'No workspace is yours yet' }).waitFor();

    // Whoever was removed has an account and nowhere to go, until they are invited again.
    await page.getByRole('button', { name: 'Remove Ann Author' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Ann Author is no longer a member.').waitFor();
    await ann.goto('/');
    await ann.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await invite(page, 'ann@example.com', 'South Roast', 'viewer');
    await comeBack(ann, 'ann@example.com');
    expect(await workspacesOf(ann)).toEqual(['South Roast']);
    expect(browsing.faults).toEqual([]);
  }, 60_000);

  it('archive and restore workspaces, and go from one organization to the other', async () => {
    const page = await browsing.openAs(owner, at.url);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Archive South Roast' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Restore South Roast' }).waitFor();
    expect(await workspacesOf(page)).toEqual(['North Roast']);
    await page.getByRole('button', { name: 'Restore South Roast' }).click();
    await page.getByText('It is still paused').waitFor();
    await page.getByRole('button', { name: 'Resume South Roast' }).waitFor();

    await page.goto('/settings/organization');
    await page.getByRole('textbox', { name: 'Another organization' }).fill('Second House');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.getByRole('heading', { level: 1, name: 'Welcome, Olga Owner' }).waitFor();
    expect(await workspacesOf(page)).toEqual(['Second House']);
    await page.getByRole('button', { name: 'Account: Olga Owner' }).click();
    await page.getByRole('menuitem', { name: 'Bright Agency' }).click();
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    expect(await workspacesOf(page)).toEqual(['North Roast', 'South Roast']);
    expect(browsing.faults).toEqual([]);
  }, 60_000);

  async function invite(page: Page, email: string, workspace: string, role: string): Promise<void> {
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await dialog.getByRole('combobox', { name: 'Workspace' }).click();
    await dialog.getByRole('option', { name: workspace }).click();
    await dialog.getByRole('combobox', { name: workspace }).selectOption(role);
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Opens the link in the mail in a window of their own, and makes an account by it. */
  async function accept(email: string, name: string): Promise<Page> {
    const page = await browsing.open(at.url);
    await page.goto(new URL(await linkMailedTo(page, email, INVITATION)).pathname);
    await page.getByRole('heading', { level: 1, name: 'Join Bright Agency' }).waitFor();
    await page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account and join' }).click();
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    return page;
  }

  /** Opens the newest link, and joins with the account that there is. */
  async function comeBack(page: Page, email: string): Promise<void> {
    await page.goto(new URL(await linkMailedTo(page, email, INVITATION)).pathname);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in and join' }).click();
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
  }

  /** The workspaces that the switcher offers. */
  async function workspacesOf(page: Page): Promise<string[]> {
    await page.getByRole('button', { name: /^Workspace:/ }).click();
    const menu = page.getByRole('menu');
    await menu.waitFor();
    const names = await menu.locator('a[href*="/w/"]').allInnerTexts();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    return names.map((text) => text.trim());
  }

  /** Another client's workspace is not there, whatever is asked for. */
  async function seesNothingOf(page: Page, workspaceId: string, own: string): Promise<void> {
    for (const path of ['', '/posts', '/channels', '/members']) {
      const answer = await page.request.get(`/v1/workspaces/${workspaceId}${path}`);
      expect({ path, status: answer.status() }).toEqual({ path, status: 404 });
    }
    await page.goto(`/w/${workspaceId}/calendar`);
    await page.getByRole('button', { name: `Workspace: ${own}` }).waitFor();
    expect(page.url()).not.toContain(workspaceId);
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    const places = page.getByRole('navigation', { name: 'Settings' });
    expect(await places.getByRole('link', { name: 'Members' }).count()).toBe(0);
    await settled(page);
    // Their own password they may change.
    expect(await page.getByRole('button', { name: /^(Archive|Change|Pause) (?!password)/ }).count()).toBe(0);
  }

  async function takeAway(page: Page, name: string, workspace: string): Promise<void> {
    await page.getByRole('button', { name: `Change ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Take ${workspace} away` }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Member without a workspace').waitFor();
  }
});
