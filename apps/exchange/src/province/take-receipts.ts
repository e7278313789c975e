import { type Actor, type Config, CONFIG, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApplyReceipts } from './apply-receipts';
import { recordReceipt } from './province-adapter';
import { requireProvince } from './province-client';
import { provinceRules } from './province-rules';

const posted = z.strictObject({ receipts: z.array(recordReceipt).min(1).max(1000, '每次最多 1000 条回执') });

/** 收取回执 — of rows the province pulled. Problems `input.invalid`, `request.key-reused`. */
@Injectable()
export class TakeReceipts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly receipts: ApplyReceipts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, requestId: string, body: unknown): Promise<{ known: number; rejected: number }> {
    const { receipts } = posted.parse(body);
    return this.work.once({ actor, operation: 'province.receipts', requestId, body }, async (tx) => {
      const county = requireProvince(actor, this.config, provinceRules(tx.today));
      const taken = await this.receipts.inside(tx, receipts);
      await tx.audit.record('province.receipts-taken', county, taken);
      return taken;
    });
  }
}
