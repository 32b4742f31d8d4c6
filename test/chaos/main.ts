import { spawnSync } from 'node:child_process';
import { loadPlatforms } from '#platforms';
import { Approvers } from './approvers.js';
import { Authors } from './authors.js';
import { readPublications, readStories } from './collect.js';
import { Customers } from './customers.js';
import { type Done, Disturber } from './disturber.js';
import { Installation } from './installation.js';
import { type PublicationRow } from './judge/evidence.js';
import { judge } from './judge/judge.js';
import { repeatedByOneRequest } from './judge/rules.js';
import { Ledger } from './ledger.js';
import { type Options, readOptions } from './options.js';
import { makePlan, type Plan } from './plan.js';
import { Progress } from './progress.js';
import { endingLines, exitCode, findingLines, planLines, summary, table, tally, toldOf } from './report.js';
import { Sandbox } from './sandbox-control.js';
import { MOST_BOUNDS, settle } from './settle.js';
import { Transport } from './transport.js';
import { variantOf } from './variants/variants.js';

/** Longer than anything in a run is meant to take, beside its window and the time to settle. */
const RESERVE_MS = 240_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const options = readOptionsOrEnd();
const plan = makePlan(options);
let starting: Promise<Installation> | undefined;

let ending: Promise<never> | undefined;

// What was still being done when everything was taken away fails, and that is nobody's fault.
process.on('uncaughtException', (error) => void end(1, error.stack));
process.on('unhandledRejection', (error) => void end(1, error instanceof Error ? error.stack : String(error)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130, `Ended by ${signal}.`));
const bound = plan.windowMs + options.settle * MOST_BOUNDS * 1000 + RESERVE_MS;
setTimeout(() => void end(1, `It took longer than ${bound / 1000} s.`), bound).unref();

try {
  await end(await run(options, plan));
} catch (error) {
  await end(1, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function run(given: Options, planned: Plan): Promise<number> {
  planLines(given, planned).forEach(say);
  tell('Starting the installation ...');
  starting = Installation.start(given);
  const installation = await starting;
  for (const sql of given.variant === undefined ? [] : (variantOf(given.variant).sql ?? []))
    await installation.query(sql);
  const customers = await Customers.start(installation, planned);
  const sandbox = new Sandbox(installation.addresses);
  const ledger = new Ledger();
  const approvers = await Approvers.start(installation, customers, ledger, planned);
  tell(`Everything is there, after ${Math.round(performance.now() / 1000)} s.`);
  const began = Date.now();
  const { done, left } = await disturb(
    { running: installation, customers, approvers, sandbox, ledger },
    given,
    planned,
  );
  const [visible, requests] = [await sandbox.visible(), await sandbox.requests()];
  const publications = await readPublications(installation);
  const verdict = judge({ intents: ledger.intents, publications, visible, requests }, await blindNetworks());
  const hits = requests.flatMap(({ fault, operation }) => (fault === undefined ? [] : `${fault} of a ${operation}`));
  const figures = summary(verdict, { kills: done.kills, faults: hits.length + done.others });
  findingLines(verdict, await readStories(installation, toldOf(verdict))).forEach(say);
  endingLines(installation.endings(), began).forEach(say);
  report(figures, [
    ...Object.entries(ledger.counts),
    ...Object.entries(verdict.approvals),
    ['requests that the networks got', requests.length],
    ['requests that a network answered wrongly', hits.length],
    ['stops, restarts, cuts, flushes, lost tokens, pauses', done.others],
    ['jobs sent a second time', done.doubledJobs],
    ['creates that were refused', ledger.refused.length],
    ['looks that told what became of a request', looksOf(publications)],
    ['messages that hang below another one', visible.filter(({ replyTo }) => replyTo !== undefined).length],
    ['made twice by one request', repeatedByOneRequest(requests)],
    ...installation.endings().map(([name, { length }]): [string, number] => [`${name} ended by itself`, length]),
    ['not settled in time', left.join(', ') || 0],
    ['seconds', Math.round((Date.now() - began) / 1000)],
  ]);
  if (left.length > 0) tell(`It did not settle: what is ${left.join(', ')} may have lacked nothing but time.`);
  tell(`What hit: ${tally(hits)}`);
  ledger.refused.forEach(tell);
  // A create that is refused for good would make the run smaller than it says.
  return ledger.refused.length > 0 ? 1 : exitCode(verdict);
}

/** The installation with the people who use it. */
interface Everybody {
  running: Installation;
  customers: Customers;
  approvers: Approvers;
  sandbox: Sandbox;
  ledger: Ledger;
}

async function disturb(
  { running, customers, approvers, sandbox, ledger }: Everybody,
  given: Options,
  { posts, disturbances }: Plan,
): Promise<{ done: Done; left: string[] }> {
  const transport = Transport.open(running);
  const begun = performance.now();
  const authors = new Authors(customers, approvers, sandbox, ledger, begun);
  const disturber = new Disturber(running, customers, approvers, sandbox, transport, begun, tell);
  const progress = Progress.start(running, ledger, disturber.done, begun, tell);
  try {
    await Promise.all([disturber.run(disturbances), ...posts.map((post) => authors.write(post))]);
    tell('No more disturbances: waiting until everything has come to its end ...');
    await disturber.stop();
    await sandbox.calmDown();
    await running.isWhole();
    return { done: disturber.done, left: await settle(running, customers, sandbox, given.settle, tell) };
  } finally {
    progress.stop();
    await transport.close();
  }
}

/** How often a publication was looked for on its network: a run without any would be about nothing. */
function looksOf(publications: readonly PublicationRow[]): number {
  return publications.reduce((sum, { log }) => sum + log.filter(({ kind }) => kind === 'reconciled').length, 0);
}

function report(figures: Record<string, number>, more: readonly [string, string | number][]): void {
  table(figures, more).forEach(say);
  say(JSON.stringify(figures));
}

/** Networks on which nobody can find out what became of a request. */
async function blindNetworks(): Promise<Set<string>> {
  const manifests = (await loadPlatforms()).manifests();
  return new Set(manifests.filter(({ reconcile }) => reconcile.method === 'none').map(({ id }) => id));
}

function readOptionsOrEnd(): Options {
  try {
    const read = readOptions(process.argv.slice(2));
    demandTools(read);
    return read;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

/** Throws a sentence that names a program that is missing. PostgreSQL comes with the packages. */
function demandTools({ queue }: Options): void {
  if (queue !== 'redis' || spawnSync('redis-server', ['--version']).status === 0) return;
  throw new Error(
    '--queue redis needs the program "redis-server", which is not there. Install Redis, or use "postgres".',
  );
}

/** Ends everything that was started, and then this process. Only the first call counts. */
function end(code: number, why?: string): Promise<never> {
  return (ending ??= takeAway(code, why));
}

async function takeAway(code: number, why?: string): Promise<never> {
  if (why !== undefined) tell(why);
  // One that is still starting is ended as soon as it can be, and one that could not start has ended itself.
  await starting?.then(
    (installation) => installation.end(),
    () => undefined,
  );
  process.exit(code);
}
