import { ConfigError, migrate, readSecret } from '@credit/platform';

/** 数据库迁移 as a command: `MIGRATION_DATABASE_URL` and `ROLE_SECRET` (or their `_FILE`), for the one-shot job of a deployment. */
async function main(): Promise<void> {
  await migrate(readSecret(process.env, 'MIGRATION_DATABASE_URL'), readSecret(process.env, 'ROLE_SECRET'), (line) => console.log(line));
  console.log('数据库已是最新 / the database is up to date');
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : error);
  process.exit(1);
});
