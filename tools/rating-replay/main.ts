import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataSource, readSecret, repositoryRoot, roleUrl, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { replayed } from '../../apps/rating/src/runs/replay-result';
import { ReplayRun } from '../../apps/rating/src/runs/replay-run';
import { ResultStore } from '../../apps/rating/src/runs/result.store';
import type { DeploymentSecrets } from '@credit/testing';

interface Source {
  readonly DATABASE_URL: string;
  readonly DATA_KEYS: string;
  readonly HASH_KEY: string;
}

/** The rating database and keys: of the environment, or of the system that runs in this checkout. */
function source(): Source {
  const dataDir = process.env['DATA_DIR'] ?? join(repositoryRoot(), '.data');
  const described = join(dataDir, 'system.json');
  if (process.env['DATABASE_URL'] === undefined && existsSync(described)) {
    const { adminUrl } = JSON.parse(readFileSync(described, 'utf8')) as { adminUrl: string };
    const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as DeploymentSecrets;
    return { DATABASE_URL: roleUrl(adminUrl, secrets.rolePassword, 'rating'), DATA_KEYS: secrets.dataKeys, HASH_KEY: secrets.hashKey };
  }
  const [databaseUrl, dataKeys, hashKey] = ['DATABASE_URL', 'DATA_KEYS', 'HASH_KEY'].map((name) => readSecret(process.env, name));
  return { DATABASE_URL: databaseUrl ?? '', DATA_KEYS: dataKeys ?? '', HASH_KEY: hashKey ?? '' };
}

const words = { same: '逐字相同', differs: '与留存不同', erased: '资料已依法删除，不能重算' } as const;

/** `npm run rating:replay -- <result or run id>` — recomputes what was kept; exit code 1 when anything comes out otherwise. */
async function main(): Promise<void> {
  const [id = ''] = process.argv.slice(2);
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('用法：npm run rating:replay -- <结果编号或批次编号> / usage: npm run rating:replay -- <result or run id>');
  const config = source();
  const database = await dataSource({ SERVICE: 'rating', DATABASE_URL: config.DATABASE_URL, DATABASE_PATIENCE_SECONDS: 60 }, 'reading', []).initialize();
  try {
    const [work, vault] = [new UnitOfWork(database, database), new Vault(config)];
    const one = await work.read(systemActor(), async (tx) => {
      const [result] = await new ResultStore(tx).byIds([id]);
      return result && replayed(tx, result, (await vault.existing(tx, [result.subjectId])).get(result.subjectId));
    });
    if (one !== undefined) {
      console.log(`${id} ${words[one]}`);
      process.exitCode = one === 'differs' ? 1 : 0;
      return;
    }
    const { compared, same, erased, differing } = await new ReplayRun(work, vault).execute(systemActor(), id);
    console.log(`核对 ${compared} 个结果：${same} 个逐字相同，${erased} 个资料已依法删除，${differing.length} 个与留存不同`);
    for (const resultId of differing.slice(0, 20)) console.log(`  ${resultId}`);
    process.exitCode = differing.length === 0 ? 0 : 1;
  } finally {
    await database.destroy();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
