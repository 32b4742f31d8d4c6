import { type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { type Pool } from 'pg';
import { tree } from '../process.js';
import { drawTable } from '../report.js';
import { type Installation, type Workers } from './installation.js';

/** As Linux counts on every machine that Node runs on. */
const TICKS_A_SECOND = 100;

/** What was used up to a moment, or between two. */
export interface Usage {
  /** Seconds of processor time, by who used them. */
  cpu: Cpu;
  database: DatabaseUsage;
}

/** Seconds of processor time; `publishing` of the workers, or of what is in their place. */
export interface Cpu {
  publishing: number;
  sandbox: number;
  redis: number;
  postgres: number;
  /** The benchmark, which looks on. */
  bench: number;
  /** Of everything that runs on the machine. */
  machine: number;
  /** How much there was for all: the time that passed, times the number of processors. */
  available: number;
}

export interface DatabaseUsage {
  transactions: number;
  fsyncs: number;
  walBytes: number;
}

/** One kind of statement, how often it was executed and how long that took. */
interface StatementUsage {
  query: string;
  calls: number;
  ms: number;
}

/** Processor time used so far. */
export async function cpuOf(installation: Installation, workers?: Workers): Promise<Cpu> {
  const of = (children: readonly ChildProcess[]) => secondsOf(children.map(({ pid = 0 }) => pid));
  return {
    publishing: await of(workers?.children ?? []),
    sandbox: await of([installation.sandbox]),
    redis: await of(workers?.redis ? [workers.redis] : []),
    postgres: await secondsOf(await tree(await installation.postmaster())),
    bench: await secondsOf([process.pid]),
    machine: await busySeconds(),
    available: (performance.now() / 1000) * availableParallelism(),
  };
}

/** What was used from one moment to another. */
export function used(before: Usage, after: Usage): Usage {
  const difference = <T extends object>(from: T, to: T): T => {
    const entries = Object.entries(to) as [keyof T, number][];
    return Object.fromEntries(entries.map(([name, value]) => [name, value - Number(from[name])])) as T;
  };
  return { cpu: difference(before.cpu, after.cpu), database: difference(before.database, after.database) };
}

/** What the database counted so far. Sessions that are open tell of themselves at most once a second. */
export async function databaseUsage(pool: Pool): Promise<DatabaseUsage> {
  const { rows } = await pool.query<Record<keyof DatabaseUsage, string>>(`
    select (select xact_commit + xact_rollback from pg_stat_database where datname = current_database()) as transactions,
           (select sum(fsyncs) from pg_stat_io where object = 'wal') as fsyncs,
           (select wal_bytes from pg_stat_wal) as "walBytes"`);
  const [row] = rows;
  return {
    transactions: Number(row?.transactions),
    fsyncs: Number(row?.fsyncs),
    walBytes: Number(row?.walBytes),
  };
}

/** Forgets what statements were counted. */
export async function forgetStatements(pool: Pool): Promise<void> {
  await pool.query('select pg_stat_statements_reset()');
}

/** What statements were executed since they were forgotten, those that took longest first. */
export async function statements(pool: Pool): Promise<StatementUsage[]> {
  const { rows } = await pool.query<StatementUsage>(`
    select regexp_replace(query, '\\s+', ' ', 'g') as query, sum(calls)::float8 as calls, sum(total_exec_time)::float8 as ms
      from pg_stat_statements group by 1 order by 3 desc`);
  return rows;
}

/** What a publication cost, beside what it cost the bare loop, as a table. */
export function usageTable(ours: Usage, bare: Usage, publications: number): string {
  const each = (figure: (usage: Usage) => number, digits: number, unit: string) =>
    [ours, bare].map((usage) => `${(figure(usage) / publications).toFixed(digits)}${unit}`);
  const cpu = (name: keyof Cpu) => each((usage) => usage.cpu[name] * 1000, 2, ' ms');
  return drawTable(
    ['where the time goes, a publication', 'ClickPost', 'floor'],
    [
      ['processor time of the workers', ...cpu('publishing')],
      ['processor time of PostgreSQL', ...cpu('postgres')],
      ['processor time of Redis', ...cpu('redis')],
      ['processor time of the practice networks', ...cpu('sandbox')],
      ['transactions', ...each((usage) => usage.database.transactions, 2, '')],
      ['fsyncs of the write-ahead log', ...each((usage) => usage.database.fsyncs, 2, '')],
      ['write-ahead log', ...each((usage) => usage.database.walBytes / 1024, 1, ' KiB')],
      ['(other programs had of the processors)', ...[ours, bare].map(({ cpu: all }) => `${othersPercent(all)} %`)],
    ],
  );
}

/** How much of the machine was not to be had: where it is much, the figures say little. */
function othersPercent({ publishing, sandbox, redis, postgres, bench, machine, available }: Cpu): string {
  const others = machine - publishing - sandbox - redis - postgres - bench;
  return Math.max(0, (100 * others) / available).toFixed(0);
}

/** The statements that took longest, as a table, and how many a publication needed in all. */
export function statementTable(used: readonly StatementUsage[], publications: number): string {
  const calls = used.reduce((sum, each) => sum + each.calls, 0);
  const ms = used.reduce((sum, each) => sum + each.ms, 0);
  const line = (query: string, each: { calls: number; ms: number }) => [
    (each.calls / publications).toFixed(2),
    (each.ms / publications).toFixed(3),
    query.replaceAll('|', '\\|').slice(0, 100),
  ];
  const lines = used.slice(0, 25).map((each) => line(each.query, each));
  return drawTable(
    ['calls a publication', 'ms a publication', 'statement'],
    [line('all of them', { calls, ms }), ...lines],
  );
}

/** Resident memory of a process, in MiB: now, and the most since it was started or `forgetPeak`. */
export async function residentMemory(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

/** Lets the peak of a process's memory begin anew. https://docs.kernel.org/filesystems/proc.html */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** With children that have ended and were waited for. */
async function secondsOf(pids: readonly number[]): Promise<number> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The second field is the program's name in brackets, which may hold anything; the times are fields 14 to 17.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks / TICKS_A_SECOND;
}

/** Everything but idling and waiting for disks. */
async function busySeconds(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS_A_SECOND;
}
