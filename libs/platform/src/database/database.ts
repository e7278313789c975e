import type { Service } from '@credit/contracts';
import { types } from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import type { Config } from '../config/config';

/** A `date` stays the text it is; the driver would make it a midnight of the server's own time zone. */
types.setTypeParser(types.builtins.DATE, (text) => text);

export type Row = new () => object;

const poolSize = { deciding: 4, reading: 3 } as const;

/**
 * 数据源 — two pools of one service: `deciding` for units of work, `reading` for queries and for internal reads. Separate,
 * so that two services waiting for each other's reads inside their units of work can never use up the connections those
 * reads need.
 */
export function dataSource(config: Pick<Config, 'SERVICE' | 'DATABASE_URL' | 'READ_DATABASE_URL'>, use: keyof typeof poolSize, rows: readonly (Row | EntitySchema)[]): DataSource {
  const service: Service = config.SERVICE;
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
      options: `-c search_path=${service},platform -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000`,
      keepAlive: true,
    },
  });
}
