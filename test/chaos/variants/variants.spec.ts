import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { patched, VARIANTS } from './variants.js';

const ROOT = join(import.meta.dirname, '../../..');
const patches = VARIANTS.flatMap((variant) =>
  variant.patches.map((patch) => [variant.name, patch.module, patch] as const),
);

it('breaks each rule that the protocol names', () => {
  expect(VARIANTS.map(({ rule }) => rule).sort()).toEqual([1, 3, 4, 5, 5, 6, 6, 7, 8]);
});

it.each(patches)('%s finds what it changes in %s', async (_name, module, patch) => {
  const source = await readFile(join(ROOT, `${module}.ts`), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  expect(patched(outputText, module, [patch])).not.toBe(outputText);
});

it('refuses a patch that finds nothing, or more than one place', () => {
  const patch = { module: 'a', find: 'one', replace: 'two' };
  expect(() => patched('neither', 'a', [patch])).toThrow('0 places');
  expect(() => patched('one one', 'a', [patch])).toThrow('2 places');
  expect(patched('one', 'b', [patch])).toBe('one');
});
