import { type Ending } from './child.js';
import { describe } from './disturber.js';
import { type Case, living } from './judge/attribute.js';
import { type PublicationRow } from './judge/evidence.js';
import { MUST_BE_ZERO, type Verdict } from './judge/judge.js';
import { type Options } from './options.js';
import { type Plan } from './plan.js';

/** What a run did to the installation. */
export interface Injected {
  kills: number;
  faults: number;
}

/** The last line: exactly these keys. */
export function summary(verdict: Verdict, { kills, faults }: Injected): Record<string, number> {
  const { publications, published, failed, held, cancelled, unconfirmed, wrong } = verdict;
  return { publications, kills, faults, published, failed, held, cancelled, unconfirmed, ...wrong };
}

/** 0 only when nothing of what has to be 0 was counted. */
export function exitCode({ wrong }: Verdict): 0 | 1 {
  return MUST_BE_ZERO.some((name) => wrong[name] > 0) ? 1 : 0;
}

/** The plan in lines: what is written, what goes wrong at the networks, and every disturbance with its time. */
export function planLines(options: Options, { channels, posts, disturbances, windowMs }: Plan): string[] {
  const actions = posts.flatMap((post) => post.actions.map(({ kind }) => kind));
  const faults = posts.flatMap((post) => post.faults.map(({ kind, platform }) => `${kind} on ${platform}`));
  const twins = posts.filter((post) => post.text !== post.number).length;
  const threads = posts.filter((post) => post.parts.length > 1).length;
  return [
    `Plan of seed ${options.seed}: ${posts.length} posts on ${channels.length} channels within ${(windowMs / 1000).toFixed(0)} s, ` +
      `${twins} of them word by word like another one of their account, ${threads} of them threads or with a first comment`,
    `People: ${tally(actions)}`,
    `Aimed at single posts: ${tally(faults)}`,
    ...disturbances.filter(({ kind }) => kind !== 'double-jobs').map(describe),
    `Every 0.7 s: each open invitation is sent once more, at once or up to 16 s late`,
  ];
}

/** One table for people. */
export function table(figures: Record<string, number>, more: readonly [string, string | number][]): string[] {
  const rows = [...Object.entries(figures), ...more].map(([name, value]) => [name, String(value)] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  const figure = Math.max(...rows.map(([, value]) => value.length));
  return [
    `| ${'what'.padEnd(width)} | ${'count'.padStart(figure)} |`,
    `| ${'-'.repeat(width)} | ${'-'.repeat(figure - 1)}: |`,
    ...rows.map(([name, value]) => `| ${name.padEnd(width)} | ${value.padStart(figure)} |`),
  ];
}

/** So many findings are told with their whole story; of the others one line has to do. */
const STORIES = 20;

/** The publications whose stories `findingLines` tells. */
export function toldOf({ findings }: Verdict): string[] {
  const ids = findings.slice(0, STORIES).flatMap(({ one }) => (one?.rows ?? []).map(({ id }) => id));
  return [...new Set(ids)];
}

/** What counts against the engine, each with its whole story as it was read for that. */
export function findingLines({ findings }: Verdict, stories: readonly PublicationRow[]): string[] {
  const read = new Map(stories.map((row) => [row.id, row]));
  return findings.flatMap(({ wrong, finding, one }, index) => [
    `${wrong}: ${finding}`,
    ...(one && index < STORIES ? storyOf(one, read) : []),
  ]);
}

function storyOf({ intent, rows, seen }: Case, read: ReadonlyMap<string, PublicationRow>): string[] {
  const row = living(rows);
  const { versions, dues, cancelled, approval } = intent;
  const wanted = { versions, dues, cancelled, approval };
  return [
    `  post ${intent.post} on ${intent.network} ${intent.account}, publication ${row?.id ?? 'missing'}, ${row?.state ?? ''} ${row?.heldReason ?? ''}`,
    `  wanted: ${JSON.stringify(wanted)}`,
    ...seen.flat().map((post) => `  visible: ${post.id} at ${post.at}: ${post.text}`),
    ...rows.flatMap(({ id, log }) =>
      (read.get(id)?.log ?? log).map(({ version, at, kind, state, exchanges, failure }) => {
        const asked = exchanges.map(
          ({ method, path, status, error }) => `${method} ${path} ${status ?? ''} ${error ?? ''}`,
        );
        return `    ${version} ${new Date(at).toISOString()} ${kind} (${state}) ${failure ?? ''} ${asked.join('; ')}`;
      }),
    ),
  ];
}

/** What ended by itself, when, and its last words. @param began milliseconds since 1970 */
export function endingLines(programs: readonly [name: string, endings: readonly Ending[]][], began: number): string[] {
  return programs.flatMap(([name, endings]) =>
    endings.flatMap(({ at, code, signal, lastWords }) => [
      `${name} ended by itself after ${((at - began) / 1000).toFixed(1)} s, by ${signal ?? `code ${code}`}; it said last:`,
      ...lastWords.map((line) => `    ${line}`),
    ]),
  );
}

/** How often each name is there, in a line. */
export function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing';
}
