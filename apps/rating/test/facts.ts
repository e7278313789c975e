import type { archivesReads, RowOf } from '@credit/contracts';
import { newId } from '@credit/platform';

export const group = '34152510920401';

export type File = RowOf<typeof archivesReads.ratingFiles>;

/** A verified household with every item known; in the village median. */
export const household = (subjectId: string, items: Record<string, string> = {}, rest: Partial<File> = {}): File => ({
  subjectId,
  subjectKind: 'household',
  subjectNo: `H${group}0001`,
  groupCode: group,
  fileId: newId(),
  fileVersion: 1,
  fileState: 'verified',
  verifiedOn: '2026-01-01',
  items: {
    hadLoan24m: 'yes',
    longestOverdueDays24m: '0',
    nonPerformingLoan: 'no',
    guaranteesGiven: '0',
    annualIncome: '80000.00',
    netIncomePerHead: '20000.00',
    stableIncomeSources: '2',
    transfersOnly: 'no',
    insurableArea: '0',
    insuredArea: '0',
    netAssets: '100000.00',
    totalDebt: '0',
    ableWorkers: '2',
    skillCertificate: 'yes',
    contractedLandArea: '5',
    productiveAssetsValue: '3000.00',
    collectiveContract: 'none',
    declarationMatch: 'matched',
    courtDefaulter: 'no',
    ...items,
  },
  consent: { economics: true, credit: true },
  eligible: true,
  ...rest,
});
