import type { Tx } from '@credit/platform';
import { repairRulesOn } from '../repair/repair-rules';
import { RegradeStore } from './regrade.store';

/** 正在复核 — subjects with an undecided regrade of a cause that the rules let banks see; of the others nobody outside learns before the decision. 三(八)3 [D] */
export async function underReview(tx: Tx, subjectIds: readonly string[]): Promise<string[]> {
  const { causes } = repairRulesOn(tx.today).regrade;
  return (await new RegradeStore(tx).openOf(subjectIds)).filter(({ cause }) => causes[cause]?.underReview === true).map(({ subjectId }) => subjectId);
}
