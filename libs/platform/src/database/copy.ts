import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '../work/tx';

/** What a column can be given; a `Date` goes to a timestamp, a `Buffer` to bytea, an object to jsonb. */
export type Cell = string | number | boolean | null | Date | Buffer | object;

const chunkLength = 64 * 1024;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function textOf(cell: Cell): string {
  if (cell === null) return '\\N';
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`;
  const text = cell instanceof Date ? cell.toISOString() : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

function* chunks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(textOf).join('\t')}\n`;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** 批量写入 — many rows into one table by COPY, within the transaction; `columns` in the order of the cells. Fails as an insert would: nothing is written then. */
export async function copyRows(tx: Tx, table: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): Promise<void> {
  const client = (await tx.manager.queryRunner?.connect()) as PoolClient | undefined;
  if (!client) throw new Error('copyRows works inside a transaction only');
  await pipeline(Readable.from(chunks(rows), { objectMode: false }), client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)));
}
