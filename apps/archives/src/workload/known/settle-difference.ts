import { Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { CollectionStore } from '../../collection/collection.store';
import { FileStore } from '../../files/file.store';
import { programmeRules } from '../../programme/programme-rules';
import { itemPlace, ItemStore } from '../../subjects/item.store';
import { type Difference, KnownStore } from './known.store';

export interface SettleDifferenceInput {
  readonly requestId: string;
  readonly differenceId: string;
  /** present 保留现有的 | other 改用导入的 */
  readonly take: 'present' | 'other';
}

/** 核定与导入不一致的一项 — the village says which stands; the loaded one becomes a further version and the file is verified again. 三(四)、四(三) */
@Injectable()
export class SettleDifference {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: SettleDifferenceInput): Promise<Readonly<{ differenceId: string; version: number | null }>> {
    return this.work.once({ actor, operation: 'known.settle', requestId, body }, async (tx) => {
      const known = new KnownStore(tx);
      const difference = await known.lock(body.differenceId);
      actor.require('known.settle', difference.villageCode);
      if (difference.resolution !== null) throw new Problem('known.settled', { differenceId: difference.differenceId });
      if (body.take !== 'present' && body.take !== 'other') throw new Problem('input.invalid', {}, [{ path: 'take', message: '请填 present（保留现有的）或 other（改用导入的）' }]);
      await known.resolve(difference.differenceId, body.take);
      const version = body.take === 'other' ? await this.takeOther(tx, known, difference) : null;
      await tx.audit.record('known.settled', difference.differenceId, { subjectId: difference.subjectId, item: difference.item, take: body.take, version });
      return { differenceId: difference.differenceId, version };
    });
  }

  private async takeOther(tx: Tx, known: KnownStore, { loadId, subjectId, item, source, value, loadedBy, dataOn }: Difference): Promise<number> {
    await new CollectionStore(tx).lockSubjects([subjectId]);
    const seal = (await this.vault.existing(tx, [subjectId])).get(subjectId);
    if (!seal) throw new Problem('not-found', { subjectId });
    const items = new ItemStore(tx);
    const before = (await items.currentOf([subjectId])).find((one) => one.item === item);
    const version = (before?.version ?? 0) + 1;
    const valueHash = this.vault.hash(seal.open(value, itemPlace(subjectId, item)), `item ${subjectId} ${item}`);
    const sourceName = programmeRules(tx.today).knownSources[source] ?? source;
    await items.insertAll([{ subjectId, item, version, value, valueHash, source: sourceName, collectedBy: loadedBy, collectedOn: dataOn, evidenceSha256: null, period: null }]);
    await known.mark(loadId, [{ subjectId, item, version }]);
    await new FileStore(tx).collected([{ fileId: newId(), subjectId }], loadedBy);
    return version;
  }
}
