import { type Evidence, textOf } from './log-evidence.js';

/** A finished step of the preparation in words. Platforms name their steps themselves; an unknown one keeps its name. */
export function stepInWords(evidence: Evidence, platformName: string): string {
  const step = textOf(evidence, 'step') ?? '';
  const [name = '', detail = ''] = splitAtColon(step);
  switch (name) {
    case 'prepared':
      return evidence['again'] === true
        ? 'What was prepared before still counts.'
        : 'Everything is prepared. It waits for its time.';
    case 'upload':
    case 'photo':
      return `Image ${Number(detail) + 1} was handed over to ${platformName}.`;
    case 'processed':
      return `${platformName} finished processing image ${Number(detail) + 1}.`;
    case 'key':
    case 'idempotency-key':
      return 'A key was chosen by which this very post can be recognised.';
    case 'event':
      return 'The message was put together.';
    case 'mention':
      return `The mentioned account @${detail} was looked up.`;
    default:
      return `The step “${step}” is done.`;
  }
}

function splitAtColon(step: string): [string, string] {
  const at = step.indexOf(':');
  return at < 0 ? [step, ''] : [step.slice(0, at), step.slice(at + 1)];
}
