import { type Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { type AllInOne, Processes } from './processes.js';

/**
 * What the specs of one test file have in common: an installation and a browser take eleven seconds of processor time to start
 * and to end, more than many a spec needs for itself. People, workspaces and windows are each spec's own.
 */
const processes = new Processes();
let installation: Promise<AllInOne> | undefined;
let browser: Promise<Browser> | undefined;

/** Looks for what is due less often than elsewhere: an installation that nobody uses just then would be at work all the time. */
const TIMES = { PUBLISH_POLL_MS: '250' };

/** The installation of this test file, as it stands after `npm start`; other specs may have signed up in it before. */
export function sharedInstallation(): Promise<AllInOne> {
  installation ??= processes.startAll(TIMES);
  return installation;
}

/** The Chromium of this test file. */
export function sharedChromium(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

/** Takes both away, where they were started: `browser-setup.ts` has it done after the last spec of a file. */
export async function endShared(): Promise<void> {
  await (await browser)?.close();
  await processes.end();
}
