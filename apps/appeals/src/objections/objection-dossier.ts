import { Problem } from '@credit/contracts';
import { type Actor, type PersonalSeal, type Place, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ReconsiderationStore } from '../reconsiderations/reconsideration.store';
import { ObjectionListStore } from './objection-list.store';
import { ObjectionStore } from './objection.store';
import type { ObjectionDetail } from './objection.types';
import { visibleTo } from './visible';

/**
 * 异议卷宗 — one filing with its case. Texts are opened for those who work on it, which is audited, and for the household
 * itself; who was objected to reads the answer but not the filing.
 */
@Injectable()
export class ObjectionDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  of(actor: Actor, id: string): Promise<ObjectionDetail> {
    return this.work.run(actor, async (tx) => {
      const view = await new ObjectionListStore(tx).find(id);
      const objection = view && visibleTo(actor, view);
      if (!view || !objection) throw new Problem('not-found', { objectionId: id });
      const works = actor.may('objection.read-texts', view.divisionCode);
      if (works) await tx.audit.record('objection.texts-read', id, { divisionCode: view.divisionCode });
      const filed = actor.villager?.householdId === view.applicantId;
      const seal = works || actor.villager ? (await this.vault.existing(tx, [view.subjectId])).get(view.subjectId) : undefined;
      const row = await new ObjectionStore(tx).get(id);
      return {
        objection,
        readBackAt: row.readBackAt,
        readBackBy: row.readBackBy,
        scanSha256: row.scanSha256,
        text: works || filed ? opened(seal, row.statement, ['objection', id, 'statement']) : null,
        refusalReason: works || filed ? opened(seal, row.refusalReason, ['objection', id, 'refusal_reason']) : null,
        lateCause: works || filed ? opened(seal, row.lateCause, ['objection', id, 'late_cause']) : null,
        ...(await caseOf(tx, view.reconsiderationId, seal, works)),
      };
    });
  }
}

type CasePart = Pick<ObjectionDetail, 'reasons' | 'votesFor' | 'votesAgainst' | 'panel' | 'hearings'>;

async function caseOf(tx: Tx, reconsiderationId: string | null, seal: PersonalSeal | undefined, works: boolean): Promise<CasePart> {
  if (reconsiderationId === null) return { reasons: null, votesFor: null, votesAgainst: null, panel: [], hearings: [] };
  const cases = new ReconsiderationStore(tx);
  const [row, panel, hearings] = [await cases.get(reconsiderationId), await cases.panel(reconsiderationId), await cases.hearings(reconsiderationId)];
  return {
    reasons: opened(seal, row.reasons, ['reconsideration', row.id, 'reasons']),
    votesFor: row.votesFor,
    votesAgainst: row.votesAgainst,
    panel: panel.map(({ id, memberId, capacity, part, withdrawal, present }) => ({ panelMemberId: id, memberId, capacity, part, withdrawal, present })),
    hearings: hearings.map(({ id, heard, appeared, heardOn, statement }) => ({ id, heard, appeared, heardOn, text: works ? opened(seal, statement, ['hearing', id, 'statement']) : null })),
  };
}

/** What was erased with its person's key reads as nothing. */
function opened(seal: PersonalSeal | undefined, sealed: Buffer | null, place: Place): string | null {
  return seal && sealed ? seal.open(sealed, place) : null;
}
