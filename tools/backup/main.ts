import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '@credit/platform';
import { DatabaseStartError } from '../embedded-postgres/embedded-postgres';
import { escrowKeys, readPassphrase } from './keys';
import { BackupProblem, digestOf } from './manifest';
import { findPlace } from './place';
import { takeBackup } from './take';

const usage = '用法 / usage: npm run backup -- --to <文件夹> [--keys-to <文件> --passphrase-file <文件>]';
const say = (line: string): void => console.log(line);

/** `npm run backup` — all data as of one moment while the services go on; the keys, if asked for, apart from it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, 'keys-to': { type: 'string' }, 'passphrase-file': { type: 'string' } } });
  const { to, 'keys-to': keysTo, 'passphrase-file': passphraseFile } = values;
  if (to === undefined || (keysTo === undefined) !== (passphraseFile === undefined)) throw new BackupProblem(usage);
  const passphrase = passphraseFile === undefined ? '' : readPassphrase(passphraseFile);
  if (keysTo !== undefined && !relative(resolve(to), resolve(dirname(keysTo))).startsWith('..')) throw new BackupProblem('密钥不得与备份放在一起：谁拿到备份就能读出全部姓名 / keys are never kept with the backup; name another folder');
  if (keysTo !== undefined && existsSync(keysTo)) throw new BackupProblem(`${keysTo} 已存在，不覆盖：它可能是另一套密钥 / that file exists and is not overwritten`);
  const place = await findPlace(say);
  try {
    if (keysTo !== undefined && (place.secretsFile === undefined || !existsSync(place.secretsFile))) throw new BackupProblem('没有找到密钥文件：请用 SECRETS_JSON 指明，或按部署方式另行托管 / no file of keys: name it by SECRETS_JSON');
    const { folder, manifest } = await takeBackup({ ...place, into: to, log: say });
    say(`备份完成 / done: ${folder}`);
    say(`  ${manifest.tables.length} 张表 ${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} 行，截至 ${manifest.takenAt}`);
    say(`  摘要 / digest ${digestOf(manifest)}`);
    if (keysTo === undefined) return say('没有导出密钥：没有它们，备份中的个人信息谁也读不出，请另行托管 / without the keys nobody can read the personal data in it');
    escrowKeys(readFileSync(place.secretsFile ?? '', 'utf8'), passphrase, keysTo);
    say(`密钥已加密写入 / keys sealed into: ${keysTo}`);
  } finally {
    await place.leave();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BackupProblem || error instanceof ConfigError || error instanceof DatabaseStartError ? error.message : error);
  process.exitCode = 1;
});
