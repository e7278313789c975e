import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '@credit/contracts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const keyBytes = 32;
/** Compared against when there is no such account, so that both answers take the same time. */
const nobody = `${Buffer.alloc(16).toString('base64url')}.${Buffer.alloc(keyBytes).toString('base64url')}`;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${(await derive(password, salt, keyBytes, cost)).toString('base64url')}`;
}

export async function passwordMatches(password: string, stored: string | null | undefined): Promise<boolean> {
  const [salt = '', expected = ''] = (stored ?? nobody).split('.');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), keyBytes, cost);
  return timingSafeEqual(actual, Buffer.from(expected, 'base64url')) && Boolean(stored);
}

/** 口令强度 — long enough, and not one character over and over. */
export function requireStrong(password: string, leastLength: number): void {
  if (password.length >= leastLength && new Set(password).size >= 5) return;
  throw new Problem('account.password-weak', {}, [{ path: 'password', message: `口令至少 ${leastLength} 位，且不能只用少数几个字符` }]);
}
