import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeConfig } from '#kernel';

const OPERATING = join(import.meta.dirname, '../../docs/operating.md');
const SECTION = /(<!-- settings:.*-->\n)([\s\S]*?)(<!-- \/settings -->)/;

describe('docs/operating.md', () => {
  it('lists every setting as the code reads it (UPDATE_DOCS=1 writes it anew)', async () => {
    const text = await readFile(OPERATING, 'utf8');
    const current = text.replace(
      SECTION,
      (_, begin: string, __, end: string) => `${begin}\n${settingsTable()}\n\n${end}`,
    );
    if (process.env['UPDATE_DOCS']) await writeFile(OPERATING, current);
    expect(process.env['UPDATE_DOCS'] ? current : text).toBe(current);
  });
});

function settingsTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|') || '–';
  const rows = describeConfig().map(
    ({ name, default: value, meaning }) => `| \`${name}\` | ${cell(value)} | ${cell(meaning)} |`,
  );
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
