// Who may know whom. `npm test` runs this; docs/architecture.md says why.
const tests = '[.-]spec\\.ts$|/test/';
const roles = '\\.(resolver|controller|processor|module|store|row|types|service)\\.ts$|/main\\.ts$';
const package = (...names) => `node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '/dist/' } },
    {
      name: 'policy-is-pure',
      comment: 'libs/policy imports nothing but itself, not even a Node module',
      severity: 'error',
      from: { path: '^libs/policy/', pathNot: tests },
      to: { pathNot: '^libs/policy/' },
    },
    {
      name: 'contracts-know-only-their-schemas',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: tests },
      to: { pathNot: `^libs/(contracts|policy)/|${package('zod')}` },
    },
    { name: 'libraries-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    { name: 'apps-never-import-each-other', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    { name: 'only-the-testing-library-knows-tools', severity: 'error', from: { path: '^(apps|libs)/', pathNot: `^libs/testing/|${tests}` }, to: { path: '^tools/' } },
    {
      name: 'libraries-by-their-public-face',
      comment: 'another library is imported as @credit/…, never by a path into it',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/', pathNot: '^libs/testing/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$|^$1/$2/' },
    },
    {
      name: 'use-cases-know-no-transport',
      comment: 'use cases know neither GraphQL nor HTTP nor queues: resolvers, controllers and processors do; the gateway has no use cases',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/', pathNot: `^apps/gateway/|${roles}|${tests}` },
      to: { path: package('@nestjs/graphql', '@nestjs/apollo', '@apollo/[^/]+', 'fastify', '@fastify/[^/]+', '@nestjs/platform-fastify', 'bullmq', 'ioredis') },
    },
    {
      name: 'only-stores-know-the-database',
      comment: 'TypeORM and pg belong to stores, rows, modules, migrations, libs/platform and libs/testing',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: `^libs/(platform|testing)/|\\.(store|row|module)\\.ts$|/migrations/|^tools/|${tests}` },
      to: { path: package('typeorm', '@nestjs/typeorm', 'pg', 'pg-copy-streams') },
    },
    {
      name: 'no-development-packages-in-services',
      severity: 'error',
      from: { path: '^(apps|libs/(policy|contracts|platform|print))/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    parser: 'swc',
    webpackConfig: { fileName: 'tools/boundaries/aliases.cjs' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'require', 'default', 'types'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
