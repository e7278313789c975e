import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError, readSecret } from '@credit/platform';
import { openKeys, readPassphrase } from '../backup/keys';
import { loadBackup } from '../backup/load';
import { BackupProblem, checkFiles, digestOf, readManifest } from '../backup/manifest';
import { findPlace, type Place } from '../backup/place';
import { DatabaseStartError } from '../embedded-postgres/embedded-postgres';

const usage = '用法 / usage: npm run restore -- --from <备份文件夹> [--keys <密钥文件> --passphrase-file <文件>]';
const say = (line: string): void => console.log(line);

/** The keys that belong to the backup, put back where the services look for them; keys of another installation are never replaced. */
function putBackKeys(place: Place, keys: string): void {
  if (place.secretsFile === undefined) throw new BackupProblem('请按部署方式放回密钥，或用 SECRETS_JSON 指明文件 / put the keys back as your deployment keeps them');
  if (!existsSync(place.secretsFile)) return writeFileSync(place.secretsFile, keys, { mode: 0o600, flush: true });
  if (readFileSync(place.secretsFile, 'utf8') !== keys) throw new BackupProblem(`${place.secretsFile} 是另一套密钥：请换一个 DATA_DIR 恢复 / another installation's keys are there already`);
}

function roleSecretOf(place: Place): string {
  if (process.env['ROLE_SECRET'] ?? process.env['ROLE_SECRET_FILE']) return readSecret(process.env, 'ROLE_SECRET');
  if (place.secretsFile === undefined || !existsSync(place.secretsFile)) throw new BackupProblem(`恢复需要原来的密钥。${usage} / the keys of the backup are needed`);
  return (JSON.parse(readFileSync(place.secretsFile, 'utf8')) as { rolePassword: string }).rolePassword;
}

/** `npm run restore` — a backup into an empty database, whole or not at all. Run it before any service starts. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, keys: { type: 'string' }, 'passphrase-file': { type: 'string' } } });
  const { from, keys, 'passphrase-file': passphraseFile } = values;
  if (from === undefined || (keys === undefined) !== (passphraseFile === undefined)) throw new BackupProblem(usage);
  const opened = keys === undefined || passphraseFile === undefined ? undefined : openKeys(keys, readPassphrase(passphraseFile));
  const place = await findPlace(say);
  try {
    await checkFiles(from, readManifest(from));
    if (opened !== undefined) putBackKeys(place, opened);
    const { manifest, erasedAgain } = await loadBackup({ ...place, roleSecret: roleSecretOf(place), from, log: say });
    say(`恢复完成，数据截至 ${manifest.takenAt} / restored`);
    say(`  ${manifest.tables.length} 张表 ${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} 行，摘要 ${digestOf(manifest)}，审计链完好`);
    if (erasedAgain > 0) say(`  备份之后已依法删除的 ${erasedAgain} 个主体，其密钥再次销毁`);
  } finally {
    await place.leave();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BackupProblem || error instanceof ConfigError || error instanceof DatabaseStartError ? error.message : error);
  process.exitCode = 1;
});
