import { type Page } from 'playwright-core';
import sharp from 'sharp';
import { type Browsing, settled, type WIDE } from './browsing.js';
import { Customer, expectStatus } from './customer.js';
import { type Addresses } from './processes.js';

/** Networks take their time to process what they are given. */
export const PROCESSED_MS = 180_000;

/** Where people write. */
export interface Stage {
  at: Addresses;
  browsing: Browsing;
}

/**
 * Somebody in front of a new post for one practice channel of each of these networks.
 * @param networks as they are called: `Google Business Profile`
 * @param person who signs in on the consent pages; whoever they name where left out
 */
export async function startWriting(
  { at, browsing }: Stage,
  viewport: typeof WIDE,
  networks: readonly string[],
  person?: string,
): Promise<{ page: Page; customer: Customer }> {
  const customer = await Customer.signUp(at);
  const known: { id: string; name: string }[] = expectStatus(await customer.request('GET', '/v1/platforms'), 200).body
    .data;
  for (const network of networks) {
    const platform = known.find(({ name }) => name === network);
    if (!platform) throw new Error(`There is no ${network}.`);
    await customer.connect(platform.id, person === undefined ? {} : { person });
  }
  const page = await browsing.openAs(customer, at.url, { viewport });
  await page.goto(`/w/${customer.workspaceId}/compose`);
  await settled(page);
  for (const network of networks) {
    // Of several places of a person the first is enough.
    const chip = page.locator('fieldset label').filter({ has: page.getByRole('img', { name: network, exact: true }) });
    await chip.first().getByRole('checkbox').check({ force: true });
  }
  return { page, customer };
}

/** Chooses one of a list, by its name or the beginning of that. */
export async function choose(page: Page, label: string, name: string | RegExp): Promise<void> {
  const field = page.getByRole('textbox', { name: label }).or(page.getByRole('combobox', { name: label }));
  await field.first().click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** Attaches images, and waits until each stands where it was chosen: whichever is taken in first. */
export async function attach(page: Page, files: readonly Awaited<ReturnType<typeof picture>>[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
  await page.getByRole('textbox', { name: `Description of image ${files.length}` }).waitFor();
}

/** Publishes at once, and waits until so many channels have it. */
export async function publish(page: Page, channels: number): Promise<void> {
  await page.getByRole('radiogroup').getByText('Publish now').click();
  await page.getByRole('button', { name: 'Publish now', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Post', exact: true }).waitFor();
  await page
    .locator('article [data-state=published]')
    .nth(channels - 1)
    .waitFor({ timeout: PROCESSED_MS });
}

/** A file of one colour, so many pixels wide and high. */
export async function picture(width: number, height: number, background: string) {
  const buffer = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
  return { name: `loaf-${width}.png`, mimeType: 'image/png', buffer };
}
