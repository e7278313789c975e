import { type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { improvementMachine } from './improvement-machine';
import { type Improvement, ImprovementStore, type ImprovementVersion } from './improvement.store';
import type { ImprovementPlan, ImprovementVersionType } from './improvement.types';

/** 整改提升计划 with its history, opened for a reader who may see the household; words of an erased one are gone. */
@Injectable()
export class ImprovementView {
  constructor(private readonly vault: Vault) {}

  async of(tx: Tx, improvements: readonly Improvement[]): Promise<ImprovementPlan[]> {
    const versions = await new ImprovementStore(tx).versions(improvements.map(({ id }) => id));
    const seals = await this.vault.existing(tx, improvements.map(({ householdId }) => householdId));
    return improvements.map(({ hundredths, presentHundredths, endReason, ...plan }) => {
      const seal = seals.get(plan.householdId);
      return {
        ...plan,
        score: hundredths,
        presentScore: presentHundredths,
        moves: improvementMachine.moves(plan.state),
        endReason: endReason && seal ? seal.open(endReason, ['improvement', plan.id, 'end_reason']) : null,
        versions: versions.filter(({ improvementId }) => improvementId === plan.id).map((version) => shownVersion(version, seal)),
      };
    });
  }
}

function shownVersion({ improvementId, version, measures, helperAccountId, checkOn, reason, setOn, result, seen, seenOn, checkedBy, checkedOn }: ImprovementVersion, seal: PersonalSeal | undefined): ImprovementVersionType {
  const row = `${improvementId}/${version}`;
  return {
    version,
    measures: seal ? (JSON.parse(seal.open(measures, ['improvement_version', row, 'measures'])) as string[]) : null,
    helperAccountId,
    checkOn,
    reason: reason && seal ? seal.open(reason, ['improvement_version', row, 'reason']) : null,
    setOn,
    check:
      result && seenOn && checkedBy && checkedOn
        ? { result, seen: seen && seal ? seal.open(seen, ['improvement_check', row, 'seen']) : null, seenOn, checkedByAccountId: checkedBy, checkedOn }
        : null,
  };
}
