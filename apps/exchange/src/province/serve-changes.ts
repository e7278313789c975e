import { type Actor, type Config, CONFIG, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { requireProvince } from './province-client';
import type { VillageSummary } from './province-adapter';
import { provinceRules } from './province-rules';
import type { ProvinceRow } from './province-row';
import { ReconciliationStore } from './reconciliation.store';
import { RecordStore } from './record.store';
import { RowReader } from './row-reader';

const asking = z.object({
  after: z.string().regex(/^\d{1,15}$/, '游标无效，请用上一页返回的 nextCursor').default('0'),
  limit: z.coerce.number().int().min(1).max(500, '每页最多 500 条').default(200),
});

export interface ProvinceChanges {
  readonly changes: readonly ProvinceRow[];
  readonly nextCursor: string;
}

/** 省平台取数 — the same rows the push sends, read by the province itself in the order of their changes; each record once, with its newest change. 三(五) */
@Injectable()
export class ServeChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: RowReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A row that is being corrected right now is left out and comes with its next change. */
  changes(actor: Actor, query: unknown): Promise<ProvinceChanges> {
    const { after, limit } = asking.parse(query);
    return this.work.run(actor, async (tx) => {
      const rules = provinceRules(tx.today);
      const county = requireProvince(actor, this.config, rules);
      const records = await new RecordStore(tx).after(after, limit);
      const rows = await this.reader.rows(records, rules);
      if (rows.length > 0) await tx.audit.record('province.pulled', county, { rows: rows.length, after });
      return { changes: rows.map(({ row }) => row), nextCursor: String(records.at(-1)?.seq ?? after) };
    });
  }

  summary(actor: Actor): Promise<{ villages: VillageSummary[] }> {
    return this.work.run(actor, async (tx) => {
      requireProvince(actor, this.config, provinceRules(tx.today));
      return { villages: await new ReconciliationStore(tx).ownSummary() };
    });
  }
}
