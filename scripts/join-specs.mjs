/**
 * Writes a few test files that import all integration specs between them, and answers their folder. Jest loads every module
 * anew for each test file, which for an API is four seconds of processor time: seventy-five files would spend five
 * minutes on that alone. A spec by itself runs from its own file, as ever: `npm run jest -- --selectProjects integration`.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Enough for some to end early while others take longer. */
const FILES = 9;

/** @param {string} root the repository's folder */
export async function joinSpecs(root) {
  const folder = join(root, 'test/joined');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const specs = (await readdir(join(root, 'test/integration'))).filter((file) => file.endsWith('.spec.ts')).sort();
  // In turns, so that long ones of a kind do not meet in one file.
  const files = Array.from({ length: FILES }, (_, index) => specs.filter((_spec, at) => at % FILES === index));
  for (const [index, names] of files.entries()) {
    const lines = names.map((name) => `import '../integration/${name.replace(/\.ts$/, '.js')}';\n`);
    await writeFile(join(folder, `integration-${index + 1}.spec.ts`), lines.join(''));
  }
}
