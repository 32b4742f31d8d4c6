import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_RULES, protocolRulesDocument } from './protocol-rules.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FILE = `${ROOT}docs/protocol-rules.md`;
/** The title of a test or of a group of them. */
const TITLE = /\b(?:describe|it|test)(?:\.each)?[^'"`]{0,400}['"`]rules? ([\d, and]+):/g;

/** The rules that titles of a file name: `rule 5: …`, `rules 3 and 5: …`. */
function rulesIn(text: string): number[] {
  const named = [...text.matchAll(TITLE)].flatMap((title) => title[1]?.match(/\d+/g) ?? []);
  return [...new Set(named.map(Number))];
}

function guardsOf(files: readonly string[]): Map<number, string[]> {
  const guards = new Map<number, string[]>();
  for (const file of files) {
    for (const rule of rulesIn(readFileSync(`${ROOT}${file}`, 'utf8'))) {
      guards.set(rule, [...(guards.get(rule) ?? []), file.replace(/\.spec\.ts$/, '')]);
    }
  }
  return guards;
}

function specsBelow(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts') && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`);
}

/** All but what is written in the last column, which grows with every further test. */
function withoutGuards(document: string): string {
  return document.replaceAll(/^(\|.*\|)[^|]*\|$/gm, '$1').replaceAll(/ {2,}|-{2,}/g, '');
}

describe('docs/protocol-rules.md', () => {
  // What this file says of titles guards nothing.
  const specs = ['libs', 'apps', 'test'].flatMap(specsBelow).filter((file) => !file.includes('protocol-rules'));
  const guards = guardsOf(specs.toSorted());
  const current = protocolRulesDocument(guards);
  if (process.env['UPDATE_DOCS']) writeFileSync(FILE, current);
  const written = readFileSync(FILE, 'utf8');

  it('says what the rules say (UPDATE_DOCS=1 writes it anew)', () => {
    expect(withoutGuards(written)).toBe(withoutGuards(current));
  });

  it.each(PROTOCOL_RULES.map((_, index) => index + 1))('rule %i has a test that is named after it', (rule) => {
    expect(guards.get(rule) ?? []).not.toEqual([]);
  });

  it.each(PROTOCOL_RULES.map((_, index) => index + 1))('rule %i is guarded by every file that is named', (rule) => {
    const row = written.split('\n').find((line) => new RegExp(`^\\| ${rule} +\\|`).test(line)) ?? '';
    const named = [...(row.split('|')[4] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(0);
    expect(guards.get(rule)).toEqual(expect.arrayContaining(named));
  });

  it.each(PROTOCOL_RULES.flatMap(({ where }) => where))('%s is there', (path) => {
    expect(existsSync(`${ROOT}${path}.ts`) || existsSync(`${ROOT}${path}/index.ts`)).toBe(true);
  });

  it('names no rule that there is not', () => {
    expect([...guards.keys()].filter((rule) => rule < 1 || rule > PROTOCOL_RULES.length)).toEqual([]);
  });

  it('finds titles however they are written', () => {
    expect(rulesIn(`describe('rule 3: a', () => { it.each([1])("rule 20: %i", f) })`)).toEqual([3, 20]);
    expect(rulesIn('it(`rules 3 and 5: x`)')).toEqual([3, 5]);
    expect(rulesIn(`expect('rule 7: no title')`)).toEqual([]);
  });
});
