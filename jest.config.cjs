/** Stock jest with swc. Pure specs and end-to-end specs are two projects, so that `npx jest --selectProjects pure` stays instant. */
const { readFileSync } = require('node:fs');

const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
delete swc.$schema;
swc.jsc.baseUrl = __dirname;
const libraries = Object.fromEntries(
  ['policy', 'contracts', 'platform', 'print', 'testing'].map((lib) => [`^@credit/${lib}$`, `<rootDir>/libs/${lib}/src/index.ts`]),
);
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // jose and oidc-provider are pure ESM: they are transformed too. Everything else in node_modules is already CommonJS.
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { ...swc, swcrc: false }] },
  transformIgnorePatterns: [],
  moduleNameMapper: libraries,
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};

module.exports = {
  // A start of a service or a sign-in may take seconds on a machine that does other work too; no test waits for time to pass.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'pure', testMatch: ['<rootDir>/{libs,apps,tools}/**/*.spec.ts'], setupFiles: ['reflect-metadata'] },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{libs,apps,tools}/**/*.e2e-spec.ts'],
      setupFiles: ['reflect-metadata'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
      globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
    },
  ],
};
