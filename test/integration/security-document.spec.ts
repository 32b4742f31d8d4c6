import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

describe('docs/security.md', () => {
  it('names only tests that are there', () => {
    const named = [
      ...new Set([...text.matchAll(/`((?:libs|test|apps)\/[\w./-]+\.spec\.ts)`/g)].map(([, file = '']) => file)),
    ];
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('has a test, or says what is not met, for every section of ASVS', () => {
    const sections = text.split('\n').filter((line) => /^\| V\d/.test(line));
    expect(sections.length).toBeGreaterThan(35);
    const [met, others] = [
      sections.filter((line) => /\| met /.test(line)),
      sections.filter((line) => !/\| met /.test(line)),
    ];
    expect(met.filter((line) => !line.includes('.spec.ts`'))).toEqual([]);
    expect(others.filter((line) => !/not met/.test(line))).toEqual([]);
  });

  it('gives the figure of 10,000 requests without a finding', () => {
    expect(text).toMatch(/10,000 requests, [\d,]+ operations .* no finding/);
  });
});
