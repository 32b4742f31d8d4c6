import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AxeResults, type RunOptions } from 'axe-core';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { type Customer } from './customer.js';
import { sharedChromium } from './shared.js';

/** The two sizes of screen that everything is tried on, in pixels. */
export const WIDE = { width: 1280, height: 860 };
export const NARROW = { width: 390, height: 844 };
export const SCREENS = [
  ['1280 px', WIDE],
  ['390 px', NARROW],
] as const;

/** How long a person would wait for something to appear, in milliseconds. */
export const PATIENCE_MS = 15_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Look {
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
}

/** A spec's windows of its file's browser and the people in front of them; what goes wrong on any of their pages is kept. */
export class Browsing {
  private readonly contexts: BrowserContext[] = [];
  /** Errors and refused styles or scripts, of all pages. */
  readonly faults: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<Browsing> {
    return new Browsing(await sharedChromium());
  }

  /** A new window of somebody who has never been here. */
  async open(baseUrl: string, { viewport = WIDE, colorScheme = 'light' }: Look = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: baseUrl,
      viewport,
      colorScheme,
      hasTouch: viewport.width < 500,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /** A new window in which a person is signed in. */
  async openAs(customer: Customer, baseUrl: string, look: Look = {}): Promise<Page> {
    const page = await this.open(baseUrl, look);
    const answer = await page.request.post('/v1/auth/login', { data: customer.credentials });
    if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
    return page;
  }

  /** Closes all windows. */
  async closeAll(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }
}

/** Waits until a screen has everything that it shows: its heading, and no skeleton any more. */
export async function settled(page: Page): Promise<void> {
  try {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  } catch (cause) {
    const shown = await page.locator('body').innerText();
    throw new Error(`${page.url()} does not get ready. It shows: ${shown}`, { cause });
  }
  await page.evaluate('document.fonts.ready');
}

/** As much of axe as is asked for. */
interface Axe {
  run(options: RunOptions): Promise<AxeResults>;
}

/** The rules of axe that judge colours: all that another colour scheme can break. */
export const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds against a page as it is now, a line each; none is as it must be. @param rules only these; all where left out */
export async function accessibilityViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Half a change of colours is no colour of ours.
  await page.evaluate('Promise.allSettled(document.getAnimations().map((animation) => animation.finished))');
  // By the debugger, not by a script tag, which the content security policy would refuse.
  await page.evaluate(AXE);
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: Axe }).axe.run(given),
    options,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id} (${help}): ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

/** How far a page can be scrolled sideways, in pixels; 0 is as it must be. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Counts a person's clicks and taps on any page of the window from now on. */
export async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.context().exposeFunction('clickpostCountClick', () => void (clicks += 1));
  await page.context().addInitScript(`addEventListener('click', (event) => {
    if (event.isTrusted && event.detail > 0) window.clickpostCountClick();
  }, { capture: true });`);
  return () => clicks;
}
