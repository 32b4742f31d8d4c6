import { type Locator, type Page } from 'playwright-core';

/** An account that somebody connects for practice. */
export interface Consent {
  /** As the dialog calls it. */
  network: string;
  /** Which way, where the dialog offers several. */
  way?: string;
  /** Who signs in; whoever the consent page names where left out. */
  person?: string;
  /** A permission, or something else with a box, that is switched off on the consent page. */
  off?: string;
}

/**
 * From the screen of channels through the dialog and the network's own page, which opens in a tab of its own, back to what came
 * of it. Returns the names of the channels that it brought.
 */
export async function connectByConsent(
  page: Page,
  { network, way, person, off }: Consent,
  look: (tab: Page) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  await page.getByRole('button', { name: 'Connect a channel' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Connect a channel' });
  await dialog.getByRole('button', { name: new RegExp(`^${network}\\b`) }).click();
  await dialog.getByText('Practice account', { exact: true }).click();
  if (way !== undefined) await dialog.getByRole('radio', { name: way }).check({ force: true });
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog.getByRole('button', { name: `Go to the practice ${network}` }).click(),
  ]);
  if (person !== undefined) await tab.getByRole('textbox', { name: 'Continue as' }).fill(person);
  if (off !== undefined) await tab.getByRole('checkbox', { name: off }).uncheck();
  await look(tab);
  await tab.getByRole('button', { name: 'Continue' }).click();
  await choosePlaces(dialog);
  const listed = dialog.getByRole('list').getByRole('listitem');
  const channels = await listed.allTextContents();
  const warnings = await dialog.getByText('Not every permission was given').count();
  if (warnings > 0 !== (off !== undefined)) throw new Error(`${network}: ${warnings} words about missing permissions.`);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'hidden' });
  if (!tab.isClosed()) await tab.close();
  return channels;
}

/** Where an account reaches many places, somebody has to say which of them become channels: all. */
async function choosePlaces(dialog: Locator): Promise<void> {
  const done = dialog.getByText(/ is connected for practice\.$/);
  const question = dialog.getByText(/^Where should/);
  await done.or(question).first().waitFor();
  if (!(await question.isVisible())) return;
  await dialog.getByRole('checkbox', { name: /^All \d+/ }).check({ force: true });
  await dialog.getByRole('button', { name: /^Add \d+ channels?$/ }).click();
  await done.waitFor();
}
