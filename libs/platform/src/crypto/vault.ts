import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Problem } from '@credit/contracts';
import type { Config } from '../config/config';
import type { Tx } from '../work/tx';

const ivBytes = 12;
const tagBytes = 16;

function seal(key: Buffer, text: Buffer, aad: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]);
}

function open(key: Buffer, sealed: Buffer, aad: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
}

/** The place a value is kept: a value moved to another row or column no longer opens. */
export type Place = readonly [table: string, rowId: string, column: string];

/** 单人密钥 — seals and opens the values of one person or household. */
export class PersonalSeal {
  constructor(
    readonly subjectId: string,
    private readonly key: Buffer,
  ) {}

  seal(text: string, place: Place): Buffer {
    return seal(this.key, Buffer.from(text, 'utf8'), place.join('/'));
  }

  open(sealed: Buffer, place: Place): string {
    return open(this.key, sealed, place.join('/')).toString('utf8');
  }
}

/** Stands in the place of a destroyed key, so that none is made again. */
const erasedId = 'erased';

/** Destroys the keys of `$1` in the service whose schema comes first in the search path. */
export const eraseKeys = `INSERT INTO personal_key (subject_id, key_id, wrapped) SELECT unnest($1::uuid[]), '${erasedId}', ''
  ON CONFLICT (subject_id) DO UPDATE SET key_id = EXCLUDED.key_id, wrapped = EXCLUDED.wrapped`;

interface KeyRow {
  readonly subject_id: string;
  readonly key_id: string;
  readonly wrapped: Buffer;
}

/**
 * 密钥库 — personal values are encrypted under a key per person, wrapped by the deployment's key; `erase` destroys that key and with it
 * the person's values in every table and ledger of the service; a backup loses them when its own copy of the key is gone.
 */
export class Vault {
  private readonly wrapping: ReadonlyMap<string, Buffer>;
  private readonly currentId: string;
  private readonly hashKey: Buffer;

  constructor(config: Pick<Config, 'DATA_KEYS' | 'HASH_KEY'>) {
    const pairs = config.DATA_KEYS.split(',').map((pair): [string, Buffer] => [pair.slice(0, pair.indexOf(':')), Buffer.from(pair.slice(pair.indexOf(':') + 1), 'base64')]);
    this.wrapping = new Map(pairs);
    this.currentId = pairs[0]?.[0] ?? '';
    this.hashKey = Buffer.from(config.HASH_KEY);
  }

  /** 密钥散列 for equality search: the same text gives the same hash, and nobody without the key can try texts. */
  hash(text: string, purpose: string): string {
    return createHmac('sha256', this.hashKey).update(`${purpose}\n${text}`).digest('base64url');
  }

  /** Seals of several subjects; those without a key yet get one, erased ones never again. */
  async sealsFor(tx: Tx, subjectIds: readonly string[]): Promise<Map<string, PersonalSeal>> {
    const seals = await this.existing(tx, subjectIds);
    const missing = [...new Set(subjectIds)].filter((subjectId) => !seals.has(subjectId));
    if (missing.length === 0) return seals;
    const rows = missing.map((subjectId) => ({ subject_id: subjectId, key_id: this.currentId, wrapped: `\\x${this.wrap(randomBytes(32), subjectId).toString('hex')}` }));
    await tx.manager.query(
      `INSERT INTO personal_key (subject_id, key_id, wrapped)
       SELECT subject_id, key_id, wrapped FROM jsonb_to_recordset($1::jsonb) AS r(subject_id uuid, key_id text, wrapped bytea)
       ON CONFLICT (subject_id) DO NOTHING`,
      [JSON.stringify(rows)],
    );
    for (const [subjectId, made] of await this.existing(tx, missing)) seals.set(subjectId, made);
    return seals;
  }

  async sealFor(tx: Tx, subjectId: string): Promise<PersonalSeal> {
    const made = (await this.sealsFor(tx, [subjectId])).get(subjectId);
    if (!made) throw new Problem('subject.erased', { subjectId });
    return made;
  }

  /** 删除 — destroys the keys of these subjects and keeps others from being made; what was sealed is noise from now on. 个人信息保护法 47 */
  async erase(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    await tx.manager.query(eraseKeys, [subjectIds]);
  }

  /** Seals that exist; an erased subject is simply not there. */
  async existing(tx: Tx, subjectIds: readonly string[]): Promise<Map<string, PersonalSeal>> {
    const rows = await tx.manager.query<KeyRow[]>('SELECT subject_id, key_id, wrapped FROM personal_key WHERE subject_id = ANY($1) AND key_id <> $2', [subjectIds, erasedId]);
    return new Map(rows.map((row) => [row.subject_id, new PersonalSeal(row.subject_id, this.unwrap(row))]));
  }

  private wrap(key: Buffer, subjectId: string): Buffer {
    return seal(this.key(this.currentId), key, `personal_key/${subjectId}`);
  }

  private unwrap(row: KeyRow): Buffer {
    return open(this.key(row.key_id), row.wrapped, `personal_key/${row.subject_id}`);
  }

  private key(keyId: string): Buffer {
    const key = this.wrapping.get(keyId);
    if (!key) throw new Error(`DATA_KEYS has no key ${keyId}`);
    return key;
  }
}
