import { type Page } from 'playwright-core';
import { accessibilityViolations, Browsing, NARROW, settled, sidewaysScroll } from '../support/browsing.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { linkMailedTo } from '../support/outbox-page.js';
import { type AllInOne } from '../support/processes.js';
import { sharedInstallation } from '../support/shared.js';

const PASSWORD = 'a long passphrase';
const CLIENT = 'carla@client.example';
const INVITATION = /http[^\s"<]+\/invitation\/[\w-]+/;
const REVIEW = /http[^\s"<]+\/review\/[\w.-]+/;

describe('An approval', () => {
  let at: AllInOne;
  let browsing: Browsing;
  let networks: PracticeNetworks;
  let owner: Customer;
  let ann: Page;
  let ben: Page;
  let carla: Page;

  beforeAll(async () => {
    [at, browsing] = await Promise.all([sharedInstallation(), Browsing.start()]);
    networks = await PracticeNetworks.fromNowOn(at);
    owner = await Customer.signUp(at, { name: 'Olga Owner', organization: 'North Roast' });
    await owner.connect('bluesky');
    const steps = [
      { name: 'Team', approvers: { roles: ['approver'] }, rule: 'any' },
      { name: 'Client', approvers: { clients: [CLIENT] }, rule: 'all' },
    ];
    const workflow = { mode: 'required', selfApproval: false, rescheduleNeedsApproval: false, steps };
    const path = `/v1/workspaces/${owner.workspaceId}/approval-workflow`;
    expectStatus(await owner.request('PUT', path, { json: workflow }), 200);
    ann = await join('ann@approvals.example', 'Ann Author', 'author');
    ben = await join('ben@approvals.example', 'Ben Approver', 'approver', NARROW);
    carla = await browsing.open(at.url, { viewport: NARROW });
  });

  it('goes from the author to the approver and back, to the client on a phone, and then the post goes out', async () => {
    const first = 'The winter rost is here.';
    const second = 'The winter roast is here.';
    const postId = await write(first);
    await ann.getByText('Waits for approval').waitFor();

    await decideInInbox(first, 'Ask for changes', 'It is roast, with an a.');
    await ann.getByText('It is roast, with an a.').waitFor();
    await ann.getByText('Changes asked for').first().waitFor();

    await ann.getByRole('link', { name: 'Edit' }).click();
    await ann.getByRole('textbox', { name: 'Text', exact: true }).fill(second);
    await submit(ann, 'Save changes');
    await ann.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
    await ann.getByText('Waits for approval').waitFor();
    await decideInInbox(second, 'Approve');

    await carla.goto(await linkMailedTo(carla, CLIENT, REVIEW));
    await settled(carla);
    await carla.getByRole('list', { name: 'Previews' }).getByText(second).waitFor();
    expect(await sidewaysScroll(carla)).toBe(0);
    expect(await accessibilityViolations(carla)).toEqual([]);
    await confirm(carla, 'Approve');
    await carla.getByText('You approved this version').waitFor();

    await ann.getByText('Approved', { exact: true }).first().waitFor();
    await ann.locator('[data-state=scheduled]').waitFor();
    await change(postId, { schedule: 'now' });
    await ann.locator('article [data-state=published]').waitFor({ timeout: 30_000 });
    const shown = await networks.visible('bluesky');
    expect(shown.map(({ text }: { text: string }) => text)).toEqual([second]);
    await carla.getByText('This post of North Roast is out.').waitFor({ timeout: 30_000 });
    expect(browsing.faults).toEqual([]);
  }, 120_000);

  it('holds what is changed afterwards and says why, and tells a client who looks at an old version', async () => {
    const [first, second] = ['Tasting on Thursday.', 'Tasting on Friday.'];
    const postId = await write(first);
    await decideInInbox(first, 'Approve');
    await carla.goto(await linkMailedTo(carla, CLIENT, REVIEW, carla.url()));
    await carla.getByRole('list', { name: 'Previews' }).getByText(first).waitFor();
    await confirm(carla, 'Approve');
    await carla.getByText('You approved this version').waitFor();
    await ann.locator('[data-state=scheduled]').waitFor();

    // What was approved is changed: it waits for those who had approved.
    await change(postId, { content: { text: second } });
    await ann.locator('[data-state=held]').waitFor();
    await ann
      .getByText(/changed after its approval/)
      .first()
      .waitFor();
    await ben.goto(`/w/${owner.workspaceId}/posts/${postId}`);
    await ben.getByRole('button', { name: 'What changed since you approved' }).click();
    const dialog = ben.getByRole('dialog');
    await dialog.locator('del', { hasText: 'Thursday' }).waitFor();
    await dialog.locator('ins', { hasText: 'Friday' }).waitFor();
    await ben.keyboard.press('Escape');
    await decideInInbox(second, 'Approve');

    // Carla has the page open, wants to say yes, and another change comes first.
    await carla.getByText('It was changed since you looked').waitFor({ timeout: 30_000 });
    await carla.getByRole('button', { name: 'I have looked at it' }).click();
    await carla.getByRole('button', { name: 'Approve' }).click();
    await change(postId, { content: { text: `${second} Really.` } });
    await carla.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await carla.getByText('It was changed since you looked').waitFor();
    expect(await carla.getByText('You approved this version').count()).toBe(0);
    const { body } = expectStatus(await owner.request('GET', `/v1/posts/${postId}`), 200);
    expect(body.publications.map(({ state }: { state: string }) => state)).toEqual(['held']);
    expect(browsing.faults).toEqual([]);
  }, 120_000);

  /** Somebody who was invited and has a window of their own. */
  async function join(email: string, name: string, role: string, viewport = { width: 1280, height: 860 }) {
    const { body: me } = expectStatus(await owner.request('GET', '/v1/me'), 200);
    const json = { email, role: 'member', workspaces: [{ id: owner.workspaceId, role }] };
    const path = `/v1/organizations/${me.organization.id}/invitations`;
    expectStatus(await owner.request('POST', path, { json }), 201);
    const page = await browsing.open(at.url, { viewport });
    await page.goto(await linkMailedTo(page, email, INVITATION));
    await page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account and join' }).click();
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    return page;
  }

  /** Ann writes and schedules a post; her workspace asks for its approval by itself. */
  async function write(text: string): Promise<string> {
    await ann.goto(`/w/${owner.workspaceId}/compose`);
    await settled(ann);
    await ann.getByRole('checkbox', { name: /bsky/ }).check({ force: true });
    await ann.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
    await ann.getByRole('radio', { name: 'Schedule' }).check({ force: true });
    await ann.getByRole('button', { name: 'In an hour' }).click();
    await submit(ann, 'Schedule');
    await ann.waitForURL(/\/posts\//);
    return new URL(ann.url()).pathname.split('/').at(-1) ?? '';
  }

  /** Ben decides on his phone, in his inbox. */
  async function decideInInbox(text: string, decision: 'Approve' | 'Ask for changes', words?: string): Promise<void> {
    await ben.goto('/approvals');
    const card = ben.getByRole('article').filter({ hasText: text });
    await card.getByRole('button', { name: decision }).click();
    const dialog = ben.getByRole('dialog');
    if (words !== undefined) await dialog.getByRole('textbox').fill(words);
    await dialog.getByRole('button', { name: decision }).click();
    await card.waitFor({ state: 'detached' });
  }

  async function confirm(page: Page, decision: string): Promise<void> {
    await page.getByRole('button', { name: decision }).click();
    await page.getByRole('dialog').getByRole('button', { name: decision }).click();
  }

  async function submit(page: Page, verb: string): Promise<void> {
    await page.getByRole('button', { name: verb, exact: true }).last().click();
  }

  /** The owner changes the post by the API. */
  async function change(postId: string, json: object): Promise<void> {
    const { headers } = expectStatus(await owner.request('GET', `/v1/posts/${postId}`), 200);
    const tag = { 'if-match': headers.get('etag') ?? '' };
    expectStatus(await owner.request('PATCH', `/v1/posts/${postId}`, { headers: tag, json }), 200);
  }
});
