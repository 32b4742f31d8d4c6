import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms } from '#platforms';
import { type PlatformAdapter } from '#platforms/core';
import { ASSURANCES } from './platforms-document-assurances.js';
import { platformsDocument } from './platforms-document.js';

const root = join(import.meta.dirname, '../..');
const FILE = join(root, 'docs/platforms.md');

describe('docs/platforms.md', () => {
  let adapters: PlatformAdapter[];
  beforeAll(async () => {
    adapters = (await loadPlatforms()).all().map(({ adapter }) => adapter);
  });

  it('is what the manifests say (UPDATE_DOCS=1 writes it anew)', () => {
    const text = platformsDocument(adapters);
    if (process.env['UPDATE_DOCS']) writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('says what each platform was checked against, by files that are there', () => {
    const ids = adapters.map(({ manifest }) => manifest.id);
    expect(Object.keys(ASSURANCES).sort()).toEqual(ids.sort());
    const named = Object.values(ASSURANCES).flatMap(({ checked }) =>
      checked.flatMap((line) => [...line.matchAll(/`((?:libs|test)\/[\w./-]+)`/g)].map(([, file = '']) => file)),
    );
    expect(named.length).toBeGreaterThan(ids.length);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('has a section with its limits and its permissions for each platform', () => {
    const text = readFileSync(FILE, 'utf8');
    for (const { manifest } of adapters) {
      const { connect, name, verifiedOn, formats = [] } = manifest;
      const section = text.split('\n## ').find((part) => part.startsWith(`${name}\n`)) ?? '';
      const scopes = connect.type === 'oauth' ? (connect.ways ?? [connect]).flatMap(({ scopes: own }) => own) : [];
      for (const word of [verifiedOn, ...formats.map(({ label }) => label), ...scopes]) expect(section).toContain(word);
    }
  });
});
