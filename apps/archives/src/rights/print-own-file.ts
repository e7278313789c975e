import { Problem } from '@credit/contracts';
import { AccessTable, type Actor, UnitOfWork } from '@credit/platform';
import { dossierPdf } from '@credit/print';
import { Injectable } from '@nestjs/common';
import { seesSubject } from '../subjects/file-reader';
import { SubjectStore } from '../subjects/subject.store';
import { OwnFileReader } from './own-file';
import { ownFileDossier } from './own-file-dossier';
import { rightsRules } from './rights-rules';

export interface OwnFileAsked {
  /** Only for the clerk; a villager has one household. */
  readonly householdId: string | undefined;
  /** 交付事由 of the clerk, a code of `rules/rights.yaml`. */
  readonly reason: string | undefined;
}

/** 打印档案查阅件 — for the household itself, or by the clerk who hands it over and says why; each copy leaves its line. 个人信息保护法 44、45 */
@Injectable()
export class PrintOwnFile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: OwnFileReader,
    private readonly access: AccessTable,
  ) {}

  async execute(actor: Actor, asked: OwnFileAsked): Promise<Buffer> {
    const dossier = await this.work.run(actor, async (tx) => {
      const rules = rightsRules(tx.today);
      const reason = actor.villager ? undefined : (asked.reason ?? '');
      const handover = reason === undefined ? null : rules.handoverReasons[reason];
      const faults = [
        ...(handover === undefined ? [{ path: 'reason', message: `请写明交付事由，可填：${Object.entries(rules.handoverReasons).map(([code, zh]) => `${code} ${zh}`).join('、')}` }] : []),
        ...(!actor.villager && asked.householdId === undefined ? [{ path: 'householdId', message: '请写明为哪一户打印' }] : []),
      ];
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      const household = await new SubjectStore(tx).byId(asked.householdId ?? actor.villager?.householdId ?? '');
      if (!seesSubject(actor, 'own-file.print', household)) throw new Problem('access.outside-division', { action: 'own-file.print' });
      if (household.kind !== 'household') throw new Problem('not-found', { householdId: household.subjectId });
      const file = await this.reader.of(tx, household);
      await tx.audit.record('own-file.printed', household.subjectId, { values: file.values.length, ...(reason === undefined ? {} : { reason }) });
      return ownFileDossier(file, { on: tx.today, handover: handover ?? null, rules, roles: this.access.roles });
    });
    return (await dossierPdf(dossier)).pdf;
  }
}
