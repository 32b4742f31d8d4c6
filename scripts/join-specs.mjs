/**
 * Writes a few test files that import all specs of a project between them (see test/support/joined.ts). Jest loads
 * every module anew for each test file, which for an API is four seconds of processor time, and half a second for most of the
 * rest: three hundred and sixty files would spend more on that than on tests. A spec by itself runs from its own file, as ever:
 * `npm run jest -- --selectProjects integration`.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Where the specs of a project lie, and how many files they become: enough for some to end early while others take longer. */
const PROJECTS = {
  unit: { folders: ['apps', 'libs', 'test/chaos'], files: 8 },
  integration: { folders: ['test/integration'], files: 8 },
  browser: { folders: ['test/browser'], without: ['test/browser/networks'], files: 3 },
};

/** @param {string} root the repository's folder */
export async function joinSpecs(root) {
  await rm(join(root, 'test/joined'), { recursive: true, force: true });
  for (const [project, { folders, without = [], files }] of Object.entries(PROJECTS)) {
    const folder = join(root, 'test/joined', project);
    await mkdir(folder, { recursive: true });
    const found = (await Promise.all(folders.map((path) => specsIn(root, path)))).flat();
    const specs = found.filter((file) => !without.some((below) => file.startsWith(`${below}/`)));
    for (let index = 0; index < files; index += 1) {
      // In turns, so that long ones of a kind do not meet in one file.
      const names = specs.filter((_spec, at) => at % files === index);
      await writeFile(join(folder, `${project}-${index + 1}.spec.ts`), joined(names));
    }
  }
}

/** The paths of all specs below a folder, from the repository's folder on. */
async function specsIn(root, folder) {
  const found = await readdir(join(root, folder), { recursive: true });
  return found
    .filter((file) => file.endsWith('.spec.ts'))
    .sort()
    .map((file) => relative(root, join(root, folder, file)));
}

function joined(names) {
  const lines = names.map((name) => `  ['${name}', () => import('../../../${name.replace(/\.ts$/, '.js')}')],\n`);
  return `import { joinSpecs } from '../../support/joined.js';\n\nawait joinSpecs([\n${lines.join('')}]);\n`;
}
