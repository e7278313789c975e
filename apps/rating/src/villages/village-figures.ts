import { archivesReads, civilityReads, type SubjectKind } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import { lower } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type RatedCount, RatedCountStore } from './rated-count.store';
import { leastOf, villageRulesOn } from './village-rules';

export interface VillageFigures {
  /** Items of the village's card that can be computed, as text; an unknown one is absent. */
  readonly items: Readonly<Record<string, string>>;
  /** Why households, entities or the collective do not count as rated first, a sentence each. */
  readonly ratedFirst: readonly string[];
}

/**
 * 信用村指标的系统取数 — V01, V02, V05–V07 and whether those of the village were rated first, from the archives, the certificates
 * valid today and the newest filed round, at this moment. It fails closed. 三(六) 信用村1
 */
@Injectable()
export class ComputeVillage {
  constructor(private readonly peers: InternalClient) {}

  async figures(tx: Tx, villageCode: string): Promise<VillageFigures> {
    const coverage = (await this.peers.all(archivesReads.coverage, { under: villageCode })).filter((row) => row.villageCode === villageCode);
    const groups = await this.peers.all(civilityReads.processQuality, { villageCode });
    const rated = await new RatedCountStore(tx).ofVillage(villageCode);
    const sentences = coverage.flatMap((row) => sentenceOf(tx, row, rated.get(row.subjectKind)));
    const collective = rated.get('collective')?.grades ?? [];
    const sound = groups.filter(({ quorate, openFindings, filedOn }) => quorate && openFindings === 0 && filedOn !== null);
    const count = (kind: SubjectKind, what: 'rated' | 'credit'): string => String(rated.get(kind)?.[what] ?? 0);
    return {
      ratedFirst: coverage.length === 0 ? ['档案中没有本村的建档统计，请先建档'] : sentences,
      items: {
        filedSubjects: String(coverage.reduce((sum, { verified }) => sum + verified, 0)),
        eligibleSubjects: String(coverage.reduce((sum, { registered, excluded }) => sum + registered - excluded, 0)),
        creditHouseholds: count('household', 'credit'),
        ratedHouseholds: count('household', 'rated'),
        creditEntities: count('entity', 'credit'),
        ratedEntities: count('entity', 'rated'),
        // Several collectives count as the one that stands lowest.
        ...(collective.length > 0 ? { collectiveGrade: collective.reduce(lower) } : {}),
        soundGroups: String(sound.length),
        groups: String(groups.length),
        subjectsRatedFirst: coverage.length > 0 && sentences.length === 0 ? 'yes' : 'no',
      },
    };
  }
}

function sentenceOf(tx: Tx, row: { subjectKind: SubjectKind; registered: number; excluded: number; verified: number }, counted: RatedCount | undefined): string[] {
  const rule = villageRulesOn(tx.today).ratedFirst[row.subjectKind];
  const due = Math.max(row.verified - (counted?.refused ?? 0), 0);
  const rated = counted?.rated ?? 0;
  if (row.registered - row.excluded > 0 && row.verified === 0) return [`${rule.zh}尚无已校核的信用档案，请先建档、校核并评定`];
  const least = leastOf(rule, due);
  return rated >= least ? [] : [`${rule.zh}应评 ${due} 个，持有效评定的 ${rated} 个，至少须有 ${least} 个，请先完成评定`];
}
