import { readFileSync, writeFileSync } from 'node:fs';

/** Compares a generated document under `docs/` with what the code says today; with `UPDATE_DOCS=1` it is written anew. */
export function expectCurrent(name: string, document: string): void {
  const file = new URL(`../../../docs/${name}`, import.meta.url);
  if (process.env['UPDATE_DOCS']) writeFileSync(file, document);
  expect(readFileSync(file, 'utf8')).toBe(document);
}
