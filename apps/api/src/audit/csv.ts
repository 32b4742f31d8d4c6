import { once } from 'node:events';
import { type Writable } from 'node:stream';
import { type AuditRecord, auditWords } from '#accounts';

/** The first line. */
export const CSV_COLUMNS = [
  'Time (UTC)',
  'Who',
  'By',
  'What',
  'On',
  'Name',
  'Id',
  'Details',
  'IP address',
  'Program',
  'Entry',
] as const;

/** Begins what a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/** One cell as RFC 4180 has it. What a spreadsheet would calculate is made text by an apostrophe before it. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line, ended. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** An entry of the audit log as a line. */
export function auditLine(record: AuditRecord): string {
  return csvLine([
    record.at.toISOString(),
    record.name,
    record.via,
    auditWords(record.operation, record.details),
    record.subject_type ?? '',
    record.subject_name ?? '',
    record.subject_id ?? '',
    Object.keys(record.details).length === 0 ? '' : JSON.stringify(record.details),
    record.ip ?? '',
    record.user_agent ?? '',
    record.id,
  ]);
}

/**
 * Writes texts one after the other, no faster than they are read, and ends. Stops when the reader is gone.
 * @throws what making the texts throws; what was written until then is then cut off by the caller
 */
export async function send(to: Writable, texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) {
    if (to.destroyed) return;
    if (!to.write(text)) await drained(to);
  }
  to.end();
}

async function drained(to: Writable): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race(['drain', 'close'].map((event) => once(to, event, { signal: over.signal })));
  } finally {
    over.abort();
  }
}
