// npm start: sets everything up on a bare clone, then runs the whole system in this process (so its signals and its exit
// code are the system's own). Arguments after `--` are read by tools/start/main.ts.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, prepare, root } from './prepare.mjs';

await launch(async () => {
  prepare();
  const { build } = await import('./build.mjs');
  await build();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(root, 'dist/tools/start/main.js')).href);
});
