import { Problem } from '@credit/contracts';
import type { Actor, Tx } from '@credit/platform';
import { ResultStore } from '../runs/result.store';

/**
 * 本户办理 — the village of a subject for whom the household itself acts, or the clerk with its signed paper; others are told there is no such
 * subject. Only who was ever rated is known here.
 */
export async function ownVillage(tx: Tx, actor: Actor, action: string, subjectId: string, scanSha256: string | null): Promise<string> {
  const [result] = await new ResultStore(tx).newestOf([subjectId]);
  if (!result || (actor.villager && actor.villager.householdId !== subjectId)) throw new Problem('not-found', { subjectId });
  if (!actor.villager) {
    actor.require(action, result.villageCode);
    if (scanSha256 === null) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为办理须附本人签字材料扫描件的摘要' }]);
  }
  return result.villageCode;
}
