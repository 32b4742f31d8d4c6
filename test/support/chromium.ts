import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** Where the package's browser is unpacked once; `npm ci` takes it away again. */
const CACHE = resolve('node_modules/.cache/chromium');
/** Inside the package lie the browser and the few libraries that a bare system lacks. This unpacks both, below TMPDIR. */
const UNPACK = `
  const { default: packed } = await import('@sparticuz/chromium');
  await packed.executablePath();`;

/** Nothing but the pages under test is asked for anything. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a Chromium without a window: the one at `CHROMIUM_PATH`, else the one that an npm package carries (Linux x64).
 * The caller closes it.
 * @throws Error where there is neither
 */
export async function launchChromium(): Promise<Browser> {
  // Its sandbox needs privileges that a container lacks; only our own pages are opened.
  const args = ['--no-sandbox', '--no-zygote', ...QUIET];
  const own = process.env['CHROMIUM_PATH'];
  if (own) return chromium.launch({ executablePath: own, args });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The Chromium of the npm package runs on Linux x64 alone: set CHROMIUM_PATH to one of this system.',
    );
  }
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: await fontsOf(folder),
    },
  });
}

/**
 * Where fonts are to be found: those of the package. Its own settings look for them in folders of a Lambda function, and a page
 * without any font is never drawn, or ends the browser. https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
 */
async function fontsOf(folder: string): Promise<string> {
  const file = join(folder, 'fonts', 'of-tests.conf');
  const folders = `<dir>${join(folder, 'fonts', 'fonts')}</dir><cachedir>${join(folder, 'fonts', 'cache')}</cachedir>`;
  await writeFile(file, `<?xml version="1.0"?>\n<fontconfig>${folders}</fontconfig>\n`);
  return file;
}

/** The folder with the browser. Whoever comes first unpacks it, beside its place, so that it is never there by halves. */
async function unpacked(): Promise<string> {
  const folder = join(CACHE, '147');
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const mine = await mkdtemp(join(CACHE, 'unpacking-'));
  // The package adds the libraries only where it believes to be in a Lambda function.
  const env = { ...process.env, TMPDIR: mine, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], { env });
  await rename(mine, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(mine, { recursive: true });
  });
  return folder;
}
