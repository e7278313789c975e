import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BackupProblem } from './manifest';

const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const leastLetters = 12;
const heading = 'credit-village keys 1';

const keyOf = (passphrase: string, salt: Buffer): Buffer => scryptSync(passphrase.normalize('NFKC'), salt, 32, cost);

/** The words are read from a file, so that they stand in no list of processes. */
export function readPassphrase(file: string): string {
  const passphrase = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (passphrase.length < leastLetters) throw new BackupProblem(`口令文件 ${file} 不存在或口令不足 ${leastLetters} 个字，请写入足够长的口令 / the passphrase file is missing or too short`);
  return passphrase;
}

/** 密钥托管 — the installation's keys under a passphrase, in a file to be kept apart from every backup. */
export function escrowKeys(secrets: string, passphrase: string, file: string): void {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), iv).setAAD(Buffer.from(heading));
  const body = Buffer.concat([cipher.update(secrets, 'utf8'), cipher.final()]);
  writeFileSync(file, `${heading}\n${Buffer.concat([salt, iv, cipher.getAuthTag(), body]).toString('base64')}\n`, { mode: 0o600, flush: true });
}

export function openKeys(file: string, passphrase: string): string {
  const [first, body = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (first !== heading) throw new BackupProblem(`${file} 不是密钥托管文件，请核对 / not a file of escrowed keys`);
  const bytes = Buffer.from(body, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(passphrase, bytes.subarray(0, 16)), bytes.subarray(16, 28)).setAAD(Buffer.from(heading)).setAuthTag(bytes.subarray(28, 44));
    return Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]).toString('utf8');
  } catch {
    throw new BackupProblem('口令不对，或密钥文件被改动过 / wrong passphrase, or the file was altered');
  }
}
