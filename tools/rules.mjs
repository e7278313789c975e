// `npm run rules -- check | test <file.yaml> … | facts` — needs only the installed packages: the sources are compiled as they load.
import { createRequire } from 'node:module';
import { launch, prepare } from './prepare.mjs';

await launch(() => {
  prepare();
  const require = createRequire(import.meta.url);
  require('./register.cjs');
  require('reflect-metadata');
  process.exitCode = require('./rules/main.ts').main(process.argv.slice(2));
});
