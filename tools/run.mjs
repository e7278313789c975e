// Runs one of the tools of this repository (`node tools/run.mjs audit`): sets up a bare clone first, then compiles and starts
// tools/<name>/main.ts. Arguments after the name go to the tool.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, prepare, root } from './prepare.mjs';

const [name] = process.argv.splice(2, 1);
await launch(async () => {
  prepare();
  const { build } = await import('./build.mjs');
  await build();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(root, `dist/tools/${name}/main.js`)).href);
});
