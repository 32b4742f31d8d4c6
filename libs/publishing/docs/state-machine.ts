import { FAILURE_KINDS } from '#platforms/core';
import {
  explainHeld,
  explainState,
  HELD_REASONS,
  PUBLICATION_STATES,
  RETRY_POLICY,
  type RetryRule,
  TRANSITIONS,
} from '../rules/index.js';

/** `docs/state-machine.md`, made from the tables that the engine itself works by. */
export function stateMachineDocument(): string {
  return [INTRODUCTION, diagram(), states(), transitions(), heldReasons(), retryPolicy()].join('\n\n') + '\n';
}

const INTRODUCTION = `# The states of a publication

Made from \`libs/publishing/rules\` by \`node scripts/generate-docs.mjs\`; a test fails when it is out of date. The rules that
lead from one state to the next are proven in \`test/integration/publishing-*.spec.ts\`.`;

function diagram(): string {
  const arrows = PUBLICATION_STATES.flatMap((from) => TRANSITIONS[from].map((to) => `  ${from} --> ${to}`));
  const ends = PUBLICATION_STATES.filter((state) => TRANSITIONS[state].length === 0);
  const lines = ['stateDiagram-v2', '  [*] --> scheduled', '  [*] --> held', ...arrows];
  return ['```mermaid', ...lines, ...ends.map((state) => `  ${state} --> [*]`), '```'].join('\n');
}

function states(): string {
  const rows = PUBLICATION_STATES.map((state) => [`\`${state}\``, explainState(state)]);
  return `## What they mean\n\n${table(['State', 'Meaning'], rows)}`;
}

function transitions(): string {
  const rows = PUBLICATION_STATES.map((state) => {
    const next = TRANSITIONS[state].map((to) => `\`${to}\``).join(', ');
    return [`\`${state}\``, next === '' ? 'nothing: it is an end' : next];
  });
  return (
    '## What may follow\n\n' +
    'The database holds the same table and refuses every other change, whoever asks for it.\n\n' +
    table(['From', 'To'], rows)
  );
}

function heldReasons(): string {
  const rows = HELD_REASONS.map((reason) => {
    const { message, remedy } = explainHeld(reason);
    return [`\`${reason}\``, message, remedy];
  });
  return `## Why a publication is held\n\n${table(['Reason', 'What it means', 'What to do'], rows)}`;
}

function retryPolicy(): string {
  const rows = FAILURE_KINDS.map((kind) => {
    const rule = RETRY_POLICY[kind];
    return [`\`${kind}\``, String(rule.tries), waits(rule), rule.explanation];
  });
  return (
    '## What is tried again\n\n' +
    'Waits double with each try and are drawn from the whole span (full jitter). Where a platform says when to come back, its ' +
    'time counts.\n\n' +
    table(['Failure', 'Tries in all', 'Waits', 'What happens'], rows)
  );
}

function waits({ tries, baseMs, capMs }: RetryRule): string {
  return tries === 1 ? 'none' : `up to ${duration(baseMs)}, later up to ${duration(capMs)}`;
}

function duration(ms: number): string {
  return ms < 60_000 ? `${ms / 1_000} s` : `${ms / 60_000} min`;
}

/** A Markdown table with its columns aligned. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
