import type { DataSource, EntityManager } from 'typeorm';
import { type Backlog, backlogSql, type Duty, type DutyFigure, dutySql } from './duty';

export interface BacklogFigure {
  readonly work: string;
  readonly zh: string;
  readonly count: number;
}

/** 运行情况 of one service as its tables tell it at one moment: counts and ages, nothing about a person. */
export interface Figures {
  readonly duties: readonly DutyFigure[];
  readonly backlogs: readonly BacklogFigure[];
  readonly outboxUnsent: number;
  readonly outboxAgeSeconds: number;
  readonly messagesParked: number;
  readonly auditUnsealedAgeSeconds: number;
}

const patienceMs = 5_000;
/** Lines may commit out of order: a line without a seal can stand a little before the last sealed one. */
const sealMargin = 5_000;

const ageSince = (now: string, instant: string): string => `coalesce(greatest(extract(epoch FROM ${now} - (${instant})), 0), 0)::float8`;

const platformSql = `SELECT
  (SELECT count(*)::int FROM outbox WHERE relayed_at IS NULL) AS "outboxUnsent",
  ${ageSince('clock_timestamp()', 'SELECT recorded_at FROM outbox WHERE relayed_at IS NULL ORDER BY seq LIMIT 1')} AS "outboxAgeSeconds",
  (SELECT count(*)::int FROM parked_message WHERE replayed_at IS NULL) AS "messagesParked",
  ${ageSince(
    'platform.now()',
    `SELECT a.at FROM audit a WHERE a.seq > coalesce((SELECT audit_seq FROM audit_seal ORDER BY n DESC LIMIT 1), 0) - ${sealMargin}
       AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.audit_seq = a.seq) ORDER BY a.seq LIMIT 1`,
  )} AS "auditUnsealedAgeSeconds"`;

/** 取数 — reads a service's figures; who asks while it is reading gets the same answer, so that asking often costs one connection. */
export class StoreFigures {
  private reading: Promise<Figures> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly duties: readonly Duty[],
    private readonly backlogs: readonly Backlog[],
  ) {}

  read(): Promise<Figures> {
    this.reading ??= this.database.transaction('REPEATABLE READ', (manager) => this.readWith(manager)).finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readWith(manager: EntityManager): Promise<Figures> {
    await manager.query('SET TRANSACTION READ ONLY');
    await manager.query(`SET LOCAL statement_timeout = ${patienceMs}`);
    const [platform] = await manager.query<[Omit<Figures, 'duties' | 'backlogs'>]>(platformSql);
    const duties: DutyFigure[] = [];
    for (const one of this.duties) {
      const [row] = await manager.query<[Pick<DutyFigure, 'open' | 'dueToday' | 'overdue'>]>(dutySql(one));
      duties.push({ duty: one.duty, zh: one.zh, clause: one.clause, ...row });
    }
    const backlogs: BacklogFigure[] = [];
    for (const one of this.backlogs) {
      const [row] = await manager.query<[{ count: number }]>(backlogSql(one));
      backlogs.push({ work: one.work, zh: one.zh, count: row.count });
    }
    return { ...platform, duties, backlogs };
  }
}
