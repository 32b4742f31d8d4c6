import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  dev?: boolean;
  license?: string;
  /** How packages before npm 2 said it. */
  licenses?: { type: string }[];
}

const root = join(import.meta.dirname, '../..');
const read = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

/** Approved by the OSI or in the public domain, and asking for nothing but their own text: https://opensource.org/licenses */
const PERMISSIVE = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-0 Python-2.0 Unlicense'.split(' '),
);

/** Packages that may be shipped for a reason of their own. */
const EXCEPTIONS: { name: RegExp; licence: string; reason: string }[] = [
  {
    name: /^@img\/sharp-(libvips-|wasm32|win32-)/,
    licence: 'LGPL-3.0-or-later',
    reason: 'libvips is linked dynamically and unchanged, and anybody can put another build of it in its place.',
  },
  {
    name: /^pause$/,
    licence: 'unknown',
    reason: 'Its Readme.md carries the MIT licence, its package.json does not name it.',
  },
  {
    name: /^twitter-text$/,
    licence: 'unknown',
    reason: 'Its LICENSE is the Apache License 2.0, its package.json does not name it.',
  },
];

/** Everything that `npm ci --omit=dev` installs on any system, with its licence as an SPDX expression. */
const shipped = Object.entries(read<{ packages: Record<string, Package> }>('package-lock.json').packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, { license }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    licence: license ?? licenceOfOld(path),
  }));

function licenceOfOld(path: string): string {
  const file = `${path}/package.json`;
  const types = existsSync(join(root, file)) ? read<Package>(file).licenses?.map(({ type }) => type) : undefined;
  return types?.join(' OR ') ?? 'unknown';
}

/** Expressions of packages are flat: alternatives of sums. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
function isAllowed(name: string, expression: string): boolean {
  const exceptions = EXCEPTIONS.filter((exception) => exception.name.test(name)).map(({ licence }) => licence);
  const alternatives = expression.replaceAll(/[()]/g, '').split(' OR ');
  return alternatives.some((all) => all.split(' AND ').every((id) => PERMISSIVE.has(id) || exceptions.includes(id)));
}

describe('the licences of what is shipped', () => {
  it('ask for nothing that a user of ClickPost could not give', () => {
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.filter(({ name, licence }) => !isAllowed(name, licence))).toEqual([]);
  });

  it.each(EXCEPTIONS)('still need the exception for $name', ({ name, licence }) => {
    expect(shipped.some((shippedOne) => name.test(shippedOne.name) && shippedOne.licence.includes(licence))).toBe(true);
  });
});
