// `npm run mutation`: is every rule held by its tests? libs/policy is broken in thousands of small ways; each must make a pure test fail.
import { createRequire } from 'node:module';

const [pure] = createRequire(import.meta.url)('./jest.config.cjs').projects;
const { rootDir: _moved, displayName: _name, transform, ...settings } = pure;
// In the copy that is broken, imports are followed by jest alone: paths compiled in would lead back to the original.
const copied = Object.fromEntries(Object.entries(transform).map(([files, [compiler, options]]) => [files, [compiler, { ...options, jsc: { ...options.jsc, baseUrl: undefined, paths: undefined } }]]));

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['libs/policy/src/**/*.ts', '!libs/policy/src/**/*.spec.ts', '!libs/policy/src/**/index.ts'],
  testRunner: 'jest',
  // The specs beside the rules alone: thousands of random orders and the golden file would make every mutant a matter of minutes.
  jest: { config: { ...settings, transform: copied, rootDir: '.', roots: ['<rootDir>/libs/policy/src'], testMatch: ['**/*.spec.ts'] }, enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['**', '!libs/policy/**', '!rules/**', '!package.json', '!.swcrc', '!tools/register.cjs'],
  // The compiler of this project has no API to rewrite a tsconfig with; the copy needs none.
  tsconfigFile: 'none',
  tempDirName: 'dist/mutation/copy',
  reporters: ['clear-text', 'json', 'progress'],
  jsonReporter: { fileName: 'dist/mutation/mutation.json' },
  clearTextReporter: { logTests: false, reportTests: false },
  timeoutMS: 3000,
  timeoutFactor: 2,
  thresholds: { high: 95, low: 90, break: 90 },
};
