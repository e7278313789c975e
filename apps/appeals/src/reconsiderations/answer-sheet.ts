import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, itemListOn, type PersonalSeal, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { ObjectionRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import type { AnswerItemType, PanelCapacityType, Reconsideration, ReconsiderationAnswer } from './answer-sheet.types';
import type { PanelMemberRow } from './panel-member.row';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

/** 副本 — for who filed this objection, or for whom it is about; none of them learns of the others. */
const copies = ['applicant', 'subject'] as const;
export type CopyFor = (typeof copies)[number];

export function readCopyFor(text: string | null | undefined): CopyFor | null {
  if (text == null) return null;
  const copy = copies.find((one) => one === text);
  if (!copy) throw new Problem('input.invalid', {}, [{ path: 'copyFor', message: '请填 applicant（申请人）或 subject（被异议户）' }]);
  return copy;
}

interface Case {
  readonly reconsideration: Readonly<ReconsiderationRow>;
  /** The objections of the case that this reader may know of. */
  readonly objections: readonly ObjectionRow[];
}

/**
 * 复议答复书 — what was decided and why, as plain data for printing: masked labels, capacities instead of persons. Staff by division,
 * and the households of the case; whoever is objected to does not learn by whom. 三(三)3
 */
@Injectable()
export class AnswerSheet {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  links(actor: Actor, reconsiderationId: string): Promise<Reconsideration> {
    return this.work.read(actor, async (tx) => {
      const { reconsideration, objections } = await visibleCase(tx, actor, reconsiderationId);
      return { ...reconsideration, objectionIds: objections.map(({ id }) => id) };
    });
  }

  of(actor: Actor, objectionId: string, copyFor: CopyFor | null): Promise<ReconsiderationAnswer> {
    return this.work.run(actor, async (tx) => {
      const { reconsiderationId, applicantId } = await new ObjectionStore(tx).get(objectionId);
      if (reconsiderationId === null) throw new Problem('answer.none', { objectionId });
      const { reconsideration, objections: visible } = await visibleCase(tx, actor, reconsiderationId);
      const addressee = copyFor === 'subject' ? reconsideration.subjectId : copyFor === 'applicant' ? applicantId : null;
      const objections = visible.filter((one) => addressee === null || one.applicantId === addressee);
      if (copyFor === 'applicant' && objections.length === 0) throw new Problem('not-found', { objectionId });
      const { id, outcome, answeredOn, answerObjectionId, subjectId, divisionCode } = reconsideration;
      if (outcome === null || answeredOn === null || answerObjectionId === null) throw new Problem('answer.none', { objectionId });
      const works = actor.may('objection.read-texts', divisionCode);
      if (works) await tx.audit.record('reconsideration.answer-read', id, { divisionCode });
      const seal = works || actor.villager ? (await this.vault.existing(tx, [subjectId])).get(subjectId) : undefined;
      const cases = new ReconsiderationStore(tx);
      const hearings = await cases.hearings(id);
      return {
        ...reconsideration,
        outcome,
        answeredOn,
        objectionId: answerObjectionId,
        receivedOn: objections.map(({ receivedOn }) => receivedOn).toSorted()[0] ?? reconsideration.receivedOn,
        receiptNos: objections.map(({ receiptNo }) => receiptNo),
        ...(await this.labels(reconsideration, objections)),
        reasons: seal && reconsideration.reasons ? seal.open(reconsideration.reasons, ['reconsideration', id, 'reasons']) : null,
        items: await this.items(cases, reconsideration, answeredOn, seal),
        panel: this.capacities(await cases.panel(id)),
        hearings: hearings.map(({ heard, appeared, heardOn }) => ({ heard, appeared, heardOn })),
        overdue: answeredOn > reconsideration.answerDueOn,
      };
    });
  }

  private async labels({ subjectId, divisionCode }: ReconsiderationRow, objections: readonly ObjectionRow[]): Promise<Pick<ReconsiderationAnswer, 'divisionName' | 'subjectLabel' | 'applicantLabels'>> {
    const applicants = [...new Set(objections.map(({ applicantId }) => applicantId))];
    const rows = await this.peers.all(archivesReads.labels, { subjectIds: [...new Set([subjectId, ...applicants])] });
    const labels = new Map(rows.map((row) => [row.subjectId, row.mayPublishName ? row.label : row.subjectNo]));
    const divisions = await this.peers.all(archivesReads.divisions, { under: divisionCode });
    return {
      divisionName: divisions.find(({ code }) => code === divisionCode)?.name ?? null,
      subjectLabel: labels.get(subjectId) ?? null,
      applicantLabels: applicants.flatMap((id) => labels.get(id) ?? []),
    };
  }

  private async items(cases: ReconsiderationStore, { id }: ReconsiderationRow, answeredOn: string, seal: PersonalSeal | undefined): Promise<AnswerItemType[]> {
    const names = new Map(itemListOn(this.rules, plainDate(answeredOn))?.items.map(({ code, zh }) => [code, zh]));
    const items = await cases.items(id);
    return items.map(({ itemCode, change, reason }) => ({
      itemCode,
      itemName: names.get(itemCode) ?? null,
      change,
      reason: seal ? seal.open(reason, ['answer_item', `${id}:${itemCode}`, 'reason']) : null,
    }));
  }

  /** 身份 instead of persons: how many of each decided, explained or withdrew. */
  private capacities(panel: readonly PanelMemberRow[]): PanelCapacityType[] {
    const count = (capacity: string, part: PanelMemberRow['part']): number => panel.filter((one) => one.capacity === capacity && one.part === part && (part === 'withdrawn' || one.present === true)).length;
    return [...new Set(panel.map(({ capacity }) => capacity))].map((capacity) => ({
      capacity,
      name: capacity === 'scorer' ? '原评议人员' : (this.rules.capacities[capacity] ?? capacity),
      decided: count(capacity, 'decides'),
      explained: count(capacity, 'explains'),
      withdrew: count(capacity, 'withdrawn'),
    }));
  }
}

/** Problem `not-found` for whoever the case does not concern. */
async function visibleCase(tx: Tx, actor: Actor, reconsiderationId: string): Promise<Case> {
  const reconsideration = await new ReconsiderationStore(tx).get(reconsiderationId);
  const objections = await new ObjectionStore(tx).standing(reconsiderationId);
  if (actor.villager) {
    const { householdId } = actor.villager;
    const own = objections.filter(({ applicantId }) => applicantId === householdId);
    if (own.length > 0 || reconsideration.subjectId === householdId) return { reconsideration, objections: own };
  } else if (actor.may('objection.read', reconsideration.divisionCode)) {
    return { reconsideration, objections };
  }
  throw new Problem('not-found', { reconsiderationId });
}
