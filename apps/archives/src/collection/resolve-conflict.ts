import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../files/file.store';
import { itemPlace, ItemStore } from '../subjects/item.store';
import { CollectionStore, type Conflict } from './collection.store';

export interface ResolveConflictInput {
  readonly requestId: string;
  readonly recordId: string;
  /** present 保留现有的 | other 改用另一人登记的 */
  readonly take: 'present' | 'other';
}

/** 核定不一致 — which of two collectors' values stands; the other one stays on record. 三(四) [D] */
@Injectable()
export class ResolveConflict {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ResolveConflictInput): Promise<Receipt & { recordId: string; version: number | null }> {
    return this.work.once({ actor, operation: 'collection.resolve', requestId, body }, async (tx) => {
      const store = new CollectionStore(tx);
      const conflict = await store.lockConflict(body.recordId);
      actor.require('collection.resolve', conflict.villageCode);
      if (conflict.resolution !== null) throw new Problem('collection.conflict-resolved', { recordId: conflict.recordId });
      if (body.take !== 'present' && body.take !== 'other') throw new Problem('input.invalid', {}, [{ path: 'take', message: '请填 present（保留现有的）或 other（改用另一人登记的）' }]);
      await store.resolve(conflict.recordId, body.take);
      const version = body.take === 'other' ? await this.takeOther(tx, conflict) : null;
      await tx.audit.record('collection.conflict-resolved', conflict.recordId, { subjectId: conflict.subjectId, item: conflict.item, take: body.take, version });
      return { recordId: conflict.recordId, version };
    });
  }

  /** Becomes the next version, still collected by whoever collected it. */
  private async takeOther(tx: Tx, { subjectId, item, value, collectedBy, collectedOn }: Conflict): Promise<number> {
    await new CollectionStore(tx).lockSubjects([subjectId]);
    const seal = await this.vault.sealFor(tx, subjectId);
    const items = new ItemStore(tx);
    const before = (await items.currentOf([subjectId])).find((one) => one.item === item);
    const version = (before?.version ?? 0) + 1;
    const valueHash = this.vault.hash(seal.open(value, itemPlace(subjectId, item)), `item ${subjectId} ${item}`);
    await items.insertAll([{ subjectId, item, version, value, valueHash, source: '入户采集', collectedBy, collectedOn, evidenceSha256: null, period: null }]);
    await new FileStore(tx).collected([{ fileId: newId(), subjectId }], collectedBy);
    return version;
  }
}
