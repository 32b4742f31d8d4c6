/**
 * `npm run build`: the server into `dist`, and the web into `dist/web` unless nothing of it has changed since.
 */
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Everything that the built web depends on. */
const WEB_INPUTS = ['apps/web', 'libs/platforms/core', 'package-lock.json'];
const WEB_OUTPUT = 'dist/web/index.html';

const bin = (name) => join('node_modules/.bin', name);
// By its folder: two packages bring a `tsc`, see docs/decisions/0002-build-and-tests.md.
const builds = [
  run(process.execPath, ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck']),
];
if (await isStale()) builds.push(run(bin('vite'), ['build', 'apps/web', '--logLevel', 'warn']));
const codes = await Promise.all(builds);
process.exitCode = Math.max(...codes);

async function isStale() {
  const built = await timeOf(WEB_OUTPUT);
  const changed = await Promise.all(WEB_INPUTS.map(newest));
  return built === undefined || Math.max(...changed) > built;
}

/** When a file, or anything below a folder, was last changed. */
async function newest(path) {
  const entry = await stat(join(root, path));
  if (!entry.isDirectory()) return entry.mtimeMs;
  const below = await readdir(join(root, path), { recursive: true });
  const times = await Promise.all(below.map((name) => timeOf(join(path, name))));
  return Math.max(entry.mtimeMs, ...times.map((time) => time ?? 0));
}

async function timeOf(path) {
  return stat(join(root, path)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/** Runs a command, and answers its exit code. */
function run(command, list) {
  const child = spawn(command, list, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
