import { storingServices } from '@credit/platform';
import type { Client } from 'pg';

/** Everything but the queues: what was in them is in the outboxes of the senders. */
export const schemas: readonly string[] = ['platform', ...storingServices];

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export const quoted = ({ schema, name }: TableName): string => `"${schema}"."${name}"`;

export async function tablesOf(client: Client): Promise<TableName[]> {
  const { rows } = await client.query<TableName>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY($1) ORDER BY 1, 2`,
    [schemas],
  );
  return rows;
}

/** Loads while tables need not yet agree with each other; they must when it is done: every reference is checked anew. */
export async function withoutReferences(client: Client, load: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, format('%I', k.conname) AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'f' AND n.nspname = ANY($1)`,
    [schemas],
  );
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  await load();
  for (const { table, name, definition } of rows) await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
}
