import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

export const format = 1;
/** Names go into statements and paths. */
const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const shape = z.strictObject({
  format: z.literal(format),
  /** The moment of the database that the backup shows, and of its snapshot all over. */
  takenAt: z.iso.datetime({ offset: true }),
  /** Migrations applied, by service. */
  migrations: z.record(z.string(), z.array(z.string())),
  tables: z.array(z.strictObject({ schema: identifier, name: identifier, rows: z.int(), sha256 })),
  sequences: z.array(z.strictObject({ schema: identifier, name: identifier, last: z.string(), called: z.boolean() })),
  /** Heads of the audit chains as they were kept outside of the database. */
  heads: z.record(z.string(), z.string()),
});

/** 备份清单 — what a backup holds, and the digest of every table's rows before they were packed. */
export type Manifest = z.output<typeof shape>;
export type TableOf = Manifest['tables'][number];

export const manifestFile = 'manifest.json';

export const fileOf = ({ schema, name }: Pick<TableOf, 'schema' | 'name'>): string => `${schema}.${name}.gz`;

/** One digest over all tables: two databases with the same rows have the same. */
export function digestOf({ tables }: Pick<Manifest, 'tables'>): string {
  return createHash('sha256').update(tables.map(({ schema, name, rows, sha256: digest }) => `${schema}.${name} ${rows} ${digest}`).join('\n')).digest('hex');
}

/** A sentence for whoever runs the command; nothing was changed. */
export class BackupProblem extends Error {}

export function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestFile), 'utf8');
  } catch {
    throw new BackupProblem(`${folder} 里没有备份清单 ${manifestFile}，请指定一份完整的备份 / no manifest in that folder`);
  }
  const read = shape.safeParse(((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  })());
  if (!read.success) throw new BackupProblem('备份清单无法识别：不是本系统的备份，或来自更新的版本 / the manifest cannot be read: not a backup of this system, or of a newer release');
  return read.data;
}

/** Reads every file whole before anything is changed: one that is cut or altered is named. */
export async function checkFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const table of tables) {
    const digest = createHash('sha256');
    try {
      await pipeline(createReadStream(join(folder, fileOf(table))), createGunzip(), digest);
    } catch (error) {
      throw new BackupProblem(`备份文件 ${fileOf(table)} 缺失或损坏，请改用另一份备份 / ${fileOf(table)} is missing or damaged: ${(error as Error).message}`);
    }
    if (digest.digest('hex') !== table.sha256) throw new BackupProblem(`备份文件 ${fileOf(table)} 的内容与清单不符，请改用另一份备份 / ${fileOf(table)} does not match the manifest`);
  }
}
