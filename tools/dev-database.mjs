// Keeps one fast test database running on a fixed port, so that several test runs can share it through TEST_DATABASE_URL.
// Usage: node tools/dev-database.mjs [port] [file to write the address into]
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { launch, prepare, root } from './prepare.mjs';

const [port = '55432', addressFile] = process.argv.slice(2);

await launch(async () => {
  prepare();
  await build();
  const { startEmbeddedPostgres } = createRequire(import.meta.url)(join(root, 'dist/tools/embedded-postgres/embedded-postgres.js'));
  const database = await startEmbeddedPostgres({ dataDir: join(tmpdir(), `credit-village-dev-${port}`, 'postgres'), port: Number(port), durable: false, log: console.log });
  if (addressFile) writeFileSync(addressFile, database.adminUrl);
  console.log(`TEST_DATABASE_URL=${database.adminUrl}`);
  const keepAlive = setInterval(() => undefined, 3_600_000);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      clearInterval(keepAlive);
      void database.stop();
    });
  }
});
