import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessTable, loadRules, repositoryRoot } from '@credit/platform';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { factsDocument } from '../rules/facts-document';
import { itemsDocument } from '../rules/items-document';
import { startSystem } from '../system/system';
import { generatedDocuments } from './documents';

/** `npm run docs` — writes the documents that are generated from the rule files and from the running system. */
async function main(): Promise<void> {
  const root = repositoryRoot();
  const rules = loadRules(join(root, 'rules'));
  writeFileSync(join(root, 'docs/facts.md'), factsDocument(rules));
  writeFileSync(join(root, 'docs/items.md'), itemsDocument(rules, AccessTable.load(join(root, 'rules/access'))));
  const dataDir = mkdtempSync(join(tmpdir(), 'credit-docs-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: false });
  try {
    const system = await startSystem({ adminUrl: postgres.adminUrl, dataDir, port: 0, sandbox: true, environment: { LOG_LEVEL: 'error' } });
    try {
      for (const [path, text] of await generatedDocuments(system)) writeFileSync(join(root, path), text);
    } finally {
      await system.close();
    }
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log('docs/facts.md docs/items.md docs/schema.graphql docs/openapi.json');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
