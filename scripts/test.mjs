/**
 * `npm test` and `npm run test:real`: runs the checks and the tests, and ends with what passed, failed and was left out.
 *
 * A spec that leaves something out skips it, and writes a line `Left out: <what>, because <why>` to stderr.
 * Where `CI` is set, the real counterparts must be there: a test of theirs that is skipped then counts as failed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { joinSpecs } from './join-specs.mjs';

const root = join(import.meta.dirname, '..');
const started = performance.now();

/** Each height: the scripts of package.json that go first, longest first, and the projects of Jest with what they are told. */
const HEIGHTS = {
  all: {
    checks: ['lint:code', 'lint:format', 'build', 'types', 'lint:imports'],
    projects: ['unit', 'integration', 'e2e', 'browser'],
    env: { JOINED_SPECS: '1' },
  },
  real: { checks: ['build'], projects: ['models', 'networks', 'faults', 'real'], env: { HISTORIES: 'many' } },
};

/** Projects that need a browser. */
const IN_BROWSER = ['browser', 'networks'];

const [name = 'all', ...unknown] = process.argv.slice(2);
const height = HEIGHTS[name];
if (!height || unknown.length > 0) {
  console.error(`There is no height "${process.argv.slice(2).join(' ')}". Run "npm test" or "npm run test:real".`);
  process.exit(2);
}

const nothingMayBeSkipped = name === 'real' && Boolean(process.env.CI) && process.env.CI !== 'false';
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
// The browser of the npm package runs on Linux x64 alone. In CI it must be there, whatever the machine.
const browserIsThere =
  Boolean(process.env.CI || process.env.CHROMIUM_PATH) || (process.platform === 'linux' && process.arch === 'x64');
const checks = await runChecks(height.checks);
const jest = await runJest(height.projects.filter((project) => !IN_BROWSER.includes(project) || browserIsThere));
const leftOut = [...jest.leftOut, ...withoutBrowser(), ...(name === 'all' ? await counterparts() : [])];
process.exitCode = report(checks, jest, leftOut);

/**
 * Runs scripts of package.json, two at a time for two cores, and prints what failing ones wrote.
 * @returns {Promise<{name: string, ok: boolean, seconds: number}[]>} in the order given
 */
async function runChecks(names) {
  const results = new Array(names.length);
  const waiting = names.entries();
  const lane = async () => {
    for (const [index, script] of waiting) {
      const from = performance.now();
      const { code, output } = await run(scripts[script], { shell: true });
      const check = { name: script, ok: code === 0, seconds: since(from) };
      console.log(`${check.ok ? 'ok    ' : 'FAILED'} ${script.padEnd(14)} ${duration(check.seconds)}`);
      if (!check.ok) console.log(output);
      results[index] = check;
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

/** Runs the projects in one Jest, which reports as it goes, and reads its results. */
async function runJest(projects) {
  const from = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-test-'));
  const file = join(folder, 'jest.json');
  const jestBin = join(root, 'node_modules/jest/bin/jest.js');
  const nodeOptions = ['--experimental-vm-modules', '--no-warnings'];
  const options = ['--selectProjects', ...projects, '--json', '--outputFile', file];
  console.log(`\nTests: ${projects.join(', ')}`);
  if (projects.includes('integration')) await joinSpecs(root);
  try {
    const { code, output } = await run(process.execPath, {
      arguments: [...nodeOptions, jestBin, ...options],
      env: height.env,
      live: true,
    });
    const results = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    return { seconds: since(from), ...countTests(results, code), leftOut: reasons(output) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A suite that could not be run is one failure, and so is a Jest that ended badly with no failure to show for it. */
function countTests(results, code) {
  if (!results) return { passed: 0, failed: 1, skipped: [], broken: ['Jest ended without results.'] };
  const tests = results.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: relative(root, suite.name) })),
  );
  const skipped = tests.filter((test) => ['pending', 'todo', 'disabled'].includes(test.status));
  const broken = results.testResults
    .filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0)
    .map((suite) => `${relative(root, suite.name)} could not be run.`);
  const failed = results.numFailedTests + broken.length;
  if (failed === 0 && code !== 0) broken.push(`Jest ended with code ${code} although no test failed.`);
  return {
    passed: results.numPassedTests,
    failed: failed || broken.length,
    skipped: skipped.map((test) => `${test.file}: ${test.fullName}`),
    broken,
  };
}

/** The sentences in which specs told what they leave out and why. */
function reasons(output) {
  const lines = stripVTControlCharacters(output).split('\n');
  return [...new Set(lines.filter((line) => line.startsWith('Left out: ')).map((line) => line.slice(10)))];
}

/** Why the browser tests were not run, if they were not. */
function withoutBrowser() {
  return browserIsThere ? [] : ['browser tests, because there is no Chromium here: set CHROMIUM_PATH to one'];
}

/** What `npm test` never runs. */
async function counterparts() {
  const found = await readdir(join(root, 'test/real'), { recursive: true });
  const files = found.filter((file) => file.endsWith('.spec.ts') && !file.includes('node_modules'));
  const names = files.map((file) => file.replace('.spec.ts', '')).sort();
  return [
    `real counterparts (${names.join(', ')}), because they need more than Node: see npm run test:real`,
    'faults of processes one by one, and each network in the browser, because they are long: see npm run test:real',
  ];
}

/** Prints the summary and answers the exit code. */
function report(checks, jest, leftOut) {
  const { passed, failed, skipped, broken, seconds } = jest;
  const unmet = nothingMayBeSkipped ? skipped.length : 0;
  const goodChecks = checks.filter((check) => check.ok).length;
  const allFailed = failed + unmet + checks.length - goodChecks;
  console.log('\nSummary');
  for (const check of checks) line(check.ok, check.name, check.seconds);
  line(failed + unmet === 0, 'tests', seconds, `${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  for (const sentence of broken) console.log(`  broken: ${sentence}`);
  for (const test of skipped)
    console.log(`  ${nothingMayBeSkipped ? 'failed, as it was skipped in CI' : 'skipped'}: ${test}`);
  for (const what of leftOut) console.log(`  left out: ${what}`);
  console.log(`  in all ${duration(since(started))}; each check counts as one test\n`);
  const counts = [`${passed + goodChecks} passed`, `${allFailed} failed`];
  if (skipped.length > unmet) counts.push(`${skipped.length} skipped`);
  console.log(counts.join(', '));
  return allFailed === 0 ? 0 : 1;
}

function line(ok, name, seconds, words = '') {
  console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${duration(seconds).padStart(10)}  ${words}`.trimEnd());
}

/** Runs a program with the packages' commands on the path; its output is kept, and shown as it comes where `live`. */
function run(program, { arguments: list = [], env: more = {}, shell = false, live = false }) {
  const env = {
    ...process.env,
    ...more,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
  };
  const child = spawn(program, list, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  const keep = (stream, out) =>
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      if (live) out.write(chunk);
    });
  keep(child.stdout, process.stdout);
  keep(child.stderr, process.stderr);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

function since(moment) {
  return (performance.now() - moment) / 1000;
}

function duration(seconds) {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
