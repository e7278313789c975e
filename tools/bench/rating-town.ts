import type { FinalScore, RatingFile } from '../../apps/rating/src/runs/rate-subject';

export const perVillage = 750;

/** Villages enough for so many households, each a code of its own. */
export function villagesFor(households: number): string[] {
  return Array.from({ length: Math.ceil(households / perVillage) }, (_, index) => `341525${String(100 + Math.floor(index / 90)).padStart(3, '0')}${String(200 + (index % 90)).padStart(3, '0')}`);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const subjectIdOf = (village: string, order: number): string => `018f0000-${hex(Number(village.slice(6, 9)), 4)}-7${hex(Number(village.slice(9)), 3)}-8000-${hex(order, 12)}`;

/** 一村的档案 — households whose items differ, so that all bands are met; the same again whenever asked. */
export function filesOf(village: string, households: number): RatingFile[] {
  return Array.from({ length: households }, (_, order): RatingFile => {
    const of = (modulus: number, step: number): string => String((order % modulus) * step);
    return {
      subjectId: subjectIdOf(village, order),
      subjectKind: 'household',
      subjectNo: `H${village}01${String(order + 1).padStart(4, '0')}`,
      groupCode: `${village}01`,
      fileId: subjectIdOf(village, order + perVillage),
      fileVersion: 1,
      fileState: 'verified',
      verifiedOn: '2022-11-01',
      items: {
        hadLoan24m: order % 3 === 0 ? 'no' : 'yes',
        longestOverdueDays24m: of(7, 15),
        nonPerformingLoan: order % 97 === 0 ? 'yes' : 'no',
        guaranteesGiven: of(4, 1),
        annualIncome: of(41, 4000),
        netIncomePerHead: of(37, 1100),
        stableIncomeSources: of(4, 1),
        transfersOnly: 'no',
        insurableArea: '10',
        insuredArea: of(11, 1),
        netAssets: of(53, 9000),
        totalDebt: of(29, 3000),
        ableWorkers: of(5, 1),
        skillCertificate: order % 2 === 0 ? 'yes' : 'no',
        contractedLandArea: of(13, 2),
        productiveAssetsValue: of(31, 700),
        collectiveContract: 'none',
        declarationMatch: 'matched',
        courtDefaulter: 'no',
      },
      consent: { economics: true, credit: true },
      eligible: true,
    };
  });
}

export function scoresOf(files: readonly RatingFile[]): FinalScore[] {
  return files.map(({ subjectId }, order) => ({ householdId: subjectId, roundId: '018f0000-0000-7000-8000-00000000000a', hundredths: 10_000 - (order % 60) * 100, vetoed: false, version: 1, final: true, notFinalReason: null }));
}
