import { type Json, type JsonObject, MalformedAnswerError, stringField } from '#platforms/core';

/** Instagram's clock may be a little behind ours, and `timestamp` is cut off to whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;

/** A text as it can be compared: Instagram keeps neither carriage returns nor blanks at the ends of lines. */
export function comparable(text: Json | undefined): string {
  return textOf(text)
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}

/** A value where it is a text; nothing where it is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** From where on something may be ours. */
export function earliest(since: Date): Date {
  return new Date(since.getTime() - CLOCK_TOLERANCE_MS);
}

/** Whether a node was made since then. Throws where it does not say: what cannot be read cannot be called another's. */
export function isSince(node: JsonObject, since: Date, operation: string): boolean {
  const at = Date.parse(stringField(node, 'timestamp', operation));
  if (Number.isNaN(at)) throw new MalformedAnswerError(operation, '"timestamp" is no time');
  return at >= earliest(since).getTime();
}
