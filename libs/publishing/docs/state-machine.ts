import { explainHeld, explainState, HELD_REASONS, PUBLICATION_STATES, TRANSITIONS } from '../rules/index.js';
import { table } from './markdown.js';

/** `docs/state-machine.md`, made from the tables that the engine itself works by. */
export function stateMachineDocument(): string {
  return [INTRODUCTION, diagram(), states(), transitions(), heldReasons(), RETRIES].join('\n\n') + '\n';
}

const INTRODUCTION = `# The states of a publication

Made from \`libs/publishing/rules\`; \`UPDATE_DOCS=1 npm run jest -- --testPathPatterns publishing/docs\` writes it anew, and a
test fails when it is out of date. Which rule of the engine is proven by which tests stands in
[protocol-rules.md](protocol-rules.md).`;

const RETRIES = `## What is tried again

How often, how long and what the user is told stands in [retry-policy.md](retry-policy.md).`;

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
