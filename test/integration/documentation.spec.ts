import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appNamesOf, variableOf, variablesOf } from '#channels';
import { describeConfig, type OptionVariable, writtenAs } from '#kernel';
import { loadPlatforms } from '#platforms';
import { type PlatformManifest } from '#platforms/core';

const ROOT = join(import.meta.dirname, '../..');

/** What the manifests say, whatever an installation chose. */
let manifests: PlatformManifest[];
beforeAll(async () => {
  manifests = (await loadPlatforms()).manifests();
});

/** Compares the part of a file between two marks with what the code says; with UPDATE_DOCS=1 it is written anew. */
async function expectCurrent(file: string, section: RegExp, current: string): Promise<void> {
  const path = join(ROOT, file);
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(section);
  const wanted = text.replace(section, (_, begin: string, __, end: string) => `${begin}${current}${end}`);
  if (process.env['UPDATE_DOCS']) await writeFile(path, wanted);
  expect(process.env['UPDATE_DOCS'] ? wanted : text).toBe(wanted);
}

describe('docs/operating.md', () => {
  it('lists every setting as the code reads it (UPDATE_DOCS=1 writes it anew)', async () => {
    const rows = describeConfig().map(({ name, default: value, meaning }) => [`\`${name}\``, value, meaning]);
    const current = `\n${table(['variable', 'default', 'meaning'], rows)}\n\n`;
    await expectCurrent('docs/operating.md', /(<!-- settings:.*-->\n)([\s\S]*?)(<!-- \/settings -->)/, current);
  });

  it('lists the options of every network as its manifest declares them (UPDATE_DOCS=1 writes it anew)', async () => {
    const rows = manifests.flatMap((manifest) =>
      variablesOf(manifest).map(({ field, option }) => [
        `\`${option.variable}\``,
        writtenAs(option.default),
        valuesOf(option),
        [`${manifest.name}: ${field.label}.`, field.help].filter(Boolean).join(' '),
      ]),
    );
    expect(rows.length).toBeGreaterThan(5);
    const current = `\n${table(['variable', 'default', 'may be', 'meaning'], rows)}\n\n`;
    await expectCurrent('docs/operating.md', /(<!-- options:.*-->\n)([\s\S]*?)(<!-- \/options -->)/, current);
  });
});

describe('apps and options of networks', () => {
  const SECTION = /(# networks:.*\n)([\s\S]*?)( *# \/networks\n)/;
  const apps = () =>
    [...new Set(manifests.flatMap(appNamesOf))]
      .map(variableOf)
      .sort()
      .flatMap((app) => [`${app}_APP_ID`, `${app}_APP_SECRET`]);
  const options = () => manifests.flatMap((manifest) => variablesOf(manifest).map(({ option }) => option));

  it('stand in .env.example, none with a value (UPDATE_DOCS=1 writes it anew)', async () => {
    const lines = [
      ...apps().map((name) => `${name}=\n`),
      ...options().map((option) => `# ${option.variable}: ${valuesOf(option)}\n${option.variable}=\n`),
    ];
    await expectCurrent('.env.example', SECTION, lines.join(''));
  });

  it('reach the containers of docker-compose.yml (UPDATE_DOCS=1 writes it anew)', async () => {
    const names = [...apps(), ...options().map(({ variable }) => variable)];
    await expectCurrent('docker-compose.yml', SECTION, names.map((name) => `    ${name}: \${${name}-}\n`).join(''));
  });
});

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|') || '–';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What a variable may be, in words. */
function valuesOf({ type, choices = [], min, max, maxLength, default: value }: OptionVariable): string {
  const usual = value === undefined || value === '' ? '' : `; ${writtenAs(value)} where nothing is set`;
  switch (type) {
    case 'boolean':
      return `on or off${usual}`;
    case 'select':
      return `${choices.join(' or ')}${usual}`;
    case 'number':
      return `a number${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}${usual}`;
    case 'text':
      return `a text${maxLength === undefined ? '' : ` of up to ${maxLength} characters`}${usual}`;
  }
}
