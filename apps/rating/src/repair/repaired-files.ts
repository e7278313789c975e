import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { RatingFile } from '../runs/rate-subject';
import { AdverseFactStore } from './adverse-fact.store';
import { repairRulesOn } from './repair-rules';

/** 修复后的档案 — files without what counts no longer: a repaired fact, or one that ended more than the longest years ago. 三(八)3 */
@Injectable()
export class RepairedFiles {
  constructor(private readonly vault: Vault) {}

  /** The hash under which a value is known; another value of the item is another fact and counts. */
  hashOf(subjectId: string, item: string, value: string): string {
    return this.vault.hash(`${subjectId}\n${item}\n${value}`, 'adverse-fact');
  }

  async of(tx: Tx, files: readonly RatingFile[]): Promise<RatingFile[]> {
    const leftOut = new Set((await new AdverseFactStore(tx).leftOut(files.map(({ subjectId }) => subjectId))).map(({ valueHash }) => valueHash));
    if (leftOut.size === 0) return [...files];
    const facts = Object.values(repairRulesOn(tx.today).repair.facts);
    return files.map((file) => {
      const repaired = facts.filter(({ item }) => leftOut.has(this.hashOf(file.subjectId, item, file.items[item] ?? '')));
      return repaired.length === 0 ? file : { ...file, items: { ...file.items, ...Object.fromEntries(repaired.map(({ item, repairedAs }) => [item, repairedAs])) } };
    });
  }
}
