import type { Socket } from 'node:net';
import type { Service } from '@credit/contracts';
import { types } from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import type { Config } from '../config/config';

/** A `date` stays the text it is; the driver would make it a midnight of the server's own time zone. */
types.setTypeParser(types.builtins.DATE, (text) => text);

export type Row = new () => object;

/** Silence is only decided after the server would have ended the statement itself. */
const silencePerPatience = 1.5;

/** What of the driver's client is needed to hang up. */
export interface DatabaseClient {
  readonly connection: { readonly stream: Socket };
}

/**
 * 失联 — what a pool does with each new connection: one on which nothing moves for so long is given up, with whatever waited
 * for it. A peer that vanished never says so, and a statement that never answers would keep its caller for ever.
 */
export function giveUpAfter(silenceMs: number): (client: DatabaseClient) => void {
  return ({ connection: { stream } }) => void stream.setTimeout(silenceMs, () => stream.destroy(Object.assign(new Error('the database is silent'), { code: 'ETIMEDOUT' })));
}

const poolSize = { deciding: 4, reading: 3 } as const;

/**
 * 数据源 — two pools of one service: `deciding` for units of work, `reading` for queries and for internal reads. Separate,
 * so that two services waiting for each other's reads inside their units of work can never use up the connections those
 * reads need.
 */
export function dataSource(config: Pick<Config, 'SERVICE' | 'DATABASE_URL' | 'READ_DATABASE_URL' | 'DATABASE_PATIENCE_SECONDS'>, use: keyof typeof poolSize, rows: readonly (Row | EntitySchema)[]): DataSource {
  const service: Service = config.SERVICE;
  const patienceMs = config.DATABASE_PATIENCE_SECONDS * 1000;
  return new DataSource({
    type: 'postgres',
    url: use === 'reading' ? (config.READ_DATABASE_URL ?? config.DATABASE_URL) : config.DATABASE_URL,
    schema: service,
    entities: [...rows],
    synchronize: false,
    applicationName: `credit-${service}-${use}`,
    connectTimeoutMS: 5_000,
    extra: {
      max: poolSize[use],
      options: `-c search_path=${service},platform -c statement_timeout=${patienceMs} -c idle_in_transaction_session_timeout=${patienceMs}`,
      keepAlive: true,
      onConnect: giveUpAfter(patienceMs * silencePerPatience),
    },
  });
}
