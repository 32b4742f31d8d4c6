import { createServer, type Server } from 'node:http';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../test/support/chromium.js';
import { ALL_IN_ONE, answers, end, freePort, launch } from './process.js';
import { type Measurement, median } from './report.js';

const ROUNDS = 7;
/** The budget of what a browser has to load before the first screen. */
const BUDGET_KB = 250;

/** A page of React with nothing but a field. */
const BARE_PAGE =
  '<!doctype html><title>Bare</title><div id="root"></div><script type="module" src="/main.js"></script>';
const BARE_MAIN = `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.getElementById('root')).render(createElement('input', { 'aria-label': 'E-mail' }));`;

/**
 * What a browser loads, and how long a person waits, before ClickPost can be used: the sign-in form, with an empty cache;
 * over a bare React page with one field, built and opened the same way.
 */
export async function web(): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-'));
  await chmod(folder, 0o755);
  // Below the project, so that the bare page finds React.
  const bareFolder = resolve('node_modules/.cache/bench-web');
  const browser = await launchChromium();
  const port = await freePort();
  const env = { PORT: String(port), SANDBOX_PORT: String(await freePort()), DATA_DIR: join(folder, 'data') };
  const whole = launch(process.execPath, [ALL_IN_ONE], env);
  const url = `http://127.0.0.1:${port}`;
  const bare = await serveBare(bareFolder);
  try {
    await answers(`${url}/health/ready`, whole);
    const floors: Visit[] = [];
    const signIns: Visit[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      floors.push(await visit(browser, bare.url, 'input'));
      signIns.push(await visit(browser, `${url}/sign-in`, 'input[type=email]'));
    }
    return measurements(floors, signIns);
  } finally {
    bare.server.close();
    await browser.close();
    await end(whole);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    await rm(bareFolder, { recursive: true, force: true });
  }
}

function measurements(floors: Visit[], signIns: Visit[]): Measurement[] {
  const size = (visits: Visit[]) => median(visits.map((each) => each.kilobytes));
  const time = (visits: Visit[]) => median(visits.map((each) => each.milliseconds));
  return [
    {
      what: 'JavaScript before the first screen (gzip)',
      figure: size(signIns),
      floor: size(floors),
      unit: 'kB',
      aim: { most: BUDGET_KB },
    },
    { what: 'time to a usable sign-in form', figure: time(signIns), floor: time(floors), unit: 'ms' },
  ];
}

/** One opening of a page with an empty cache. */
interface Visit {
  /** JavaScript as it came over the wire, compressed by gzip; 1 kB is 1,000 bytes. */
  kilobytes: number;
  /** From asking for the page until what a person needs is there. */
  milliseconds: number;
}

async function visit(browser: Browser, address: string, usable: string): Promise<Visit> {
  const context = await browser.newContext({
    // Brotli would be offered over HTTPS alone; the budget is gzip's.
    extraHTTPHeaders: { 'accept-encoding': 'gzip' },
  });
  try {
    const page = await context.newPage();
    let bytes = 0;
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return;
      sizes.push(request.sizes().then(({ responseBodySize }) => void (bytes += responseBodySize)));
    });
    const from = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator(usable).first().waitFor();
    const milliseconds = performance.now() - from;
    await page.waitForLoadState('load');
    await Promise.all(sizes);
    return { kilobytes: bytes / 1000, milliseconds };
  } finally {
    await context.close();
  }
}

/** Builds the bare page with the same builder, and serves it from memory, compressed as ours is. */
async function serveBare(folder: string): Promise<{ server: Server; url: string }> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), BARE_PAGE);
  await writeFile(join(folder, 'main.js'), BARE_MAIN);
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: { modulePreload: { polyfill: false }, rolldownOptions: { output: { entryFileNames: 'main.js' } } },
  });
  const page = await readFile(join(folder, 'dist/index.html'));
  const script = gzipSync(await readFile(join(folder, 'dist/main.js')), { level: 9 });
  const server = createServer((request, response) => {
    if (request.url !== '/main.js') return void response.setHeader('content-type', 'text/html').end(page);
    response.setHeader('content-type', 'text/javascript').setHeader('content-encoding', 'gzip').end(script);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
