/** One Jest for all heights of test; `--selectProjects unit|integration|models|e2e|browser|networks|faults|real` narrows it down. */
const base = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

/** Where the specs of a project lie: each in its own file, or joined to a few, see scripts/join-specs.mjs. */
const specs = (displayName, own) => [process.env.JOINED_SPECS ? `<rootDir>/test/joined/${displayName}/*.spec.ts` : own];

const project = (displayName, testMatch, more = {}) => ({
  ...base,
  displayName,
  testMatch,
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  ...more,
});

/** One PostgreSQL a run, for all files that ask for a database. */
const withDatabase = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** A browser and an installation for the specs of a file together. */
const inBrowser = { setupFilesAfterEnv: ['<rootDir>/test/support/browser-setup.ts'] };

/** See there why. */
const quickly = { '^hash-wasm$': '<rootDir>/test/support/quick-argon2.ts' };

export default {
  testTimeout: 60_000,
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  // More than two cores have at once: half of the tests wait for timers, processes or a browser.
  maxWorkers: 3,
  // A worker that is done frees hundreds of megabytes. On a busy machine that takes longer than the half second after which Jest
  // ends it by force, and says that a test leaves something open.
  workerGracefulExitTimeout: 10_000,
  projects: [
    project('unit', specs('unit', '<rootDir>/{apps,libs,test/chaos}/**/*.spec.ts')),
    project('integration', specs('integration', '<rootDir>/test/integration/**/*.spec.ts'), {
      ...withDatabase,
      moduleNameMapper: { ...base.moduleNameMapper, ...quickly },
    }),
    // The same models, with many more histories: see test/support/histories.ts.
    project(
      'models',
      ['<rootDir>/test/integration/{model-engine,publishing-log-model,approvals-model}.spec.ts'],
      withDatabase,
    ),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('browser', specs('browser', '<rootDir>/test/browser/*.spec.ts'), inBrowser),
    // Long: each network's own consent page, kinds of posts and look.
    project('networks', ['<rootDir>/test/browser/networks/*.spec.ts'], inBrowser),
    // Pictures for README and docs: `npm run screenshots`.
    project('screenshots', ['<rootDir>/test/screenshots/**/*.spec.ts'], inBrowser),
    // Long: real processes that are killed, replaced and misled one by one.
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts'], withDatabase),
    project('real', ['<rootDir>/test/real/**/*.spec.ts'], withDatabase),
  ],
};
