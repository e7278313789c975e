import type { Random } from './random';
/** Items of a subject, by name, as stored. */
export type Values = Readonly<Record<string, string>>;

export interface CollectionConsent {
  readonly economics: boolean;
  readonly credit: boolean;
  readonly publishName: boolean;
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

/** Incomes, loans, land and consents of one household, plausible and synthetic. */
export function householdItems(random: Random, heads: number): { items: Values; consent: CollectionConsent } {
  const means = random.weighted({ poor: 15, middle: 60, good: 25 });
  const perHead = { poor: 7_000, middle: 16_000, good: 30_000 }[means];
  const perHeadIncome = random.money(perHead, perHead * 0.4);
  const annual = (Number(perHeadIncome) * heads * 1.25).toFixed(2);
  const loan = random.chance(0.45);
  const overdue = loan && random.chance(0.12) ? random.whole(1, 150) : 0;
  const debt = loan ? random.money(Number(annual) * 0.7, Number(annual) * 0.6) : '0.00';
  const land = random.chance(0.9) ? (random.whole(10, 120) / 10).toFixed(2) : '0.00';
  const insurable = random.chance(0.7) ? land : '0.00';
  const economics = random.chance(0.95);
  return {
    items: {
      hadLoan24m: yesNo(loan),
      longestOverdueDays24m: String(overdue),
      nonPerformingLoan: yesNo(overdue > 90),
      guaranteesGiven: random.chance(0.1) ? random.money(20_000, 15_000) : '0.00',
      annualIncome: annual,
      netIncomePerHead: perHeadIncome,
      stableIncomeSources: String(means === 'poor' ? random.whole(0, 1) : random.whole(1, 3)),
      transfersOnly: yesNo(means === 'poor' && random.chance(0.2)),
      insurableArea: insurable,
      insuredArea: random.chance(0.75) ? insurable : (Number(insurable) * 0.4).toFixed(2),
      netAssets: random.money(perHead * heads * 4, perHead * heads * 3),
      totalDebt: debt,
      ableWorkers: String(Math.min(heads, random.whole(means === 'poor' ? 0 : 1, 3))),
      skillCertificate: yesNo(random.chance(0.45)),
      contractedLandArea: land,
      productiveAssetsValue: random.chance(0.6) ? random.money(12_000, 10_000) : '0.00',
      collectiveContract: random.weighted({ none: 70, 'no-arrears': 24, 'plan-kept': 4, default: 2 }),
      declarationMatch: random.weighted({ matched: 88, corrected: 10, false: 2 }),
      courtDefaulter: yesNo(random.chance(0.01)),
      willingToDevelop: yesNo(random.chance(0.5)),
      mainIndustry: random.pick(['茶叶', '中药材', '毛竹', '养殖', '务工', '农家乐']),
    },
    consent: { economics, credit: economics || random.chance(0.5), publishName: random.chance(0.97) },
  };
}

/** One new agricultural entity. */
export function entityItems(random: Random): Values {
  const revenue = Number(random.money(600_000, 450_000)) + 50_000;
  const assets = revenue * (0.8 + random.next());
  const years = random.whole(0, 12);
  const loan = random.chance(0.6);
  return {
    hadLoan24m: yesNo(loan),
    longestOverdueDays24m: String(loan && random.chance(0.1) ? random.whole(5, 120) : 0),
    nonPerformingLoan: 'no',
    operatorCredit: random.weighted({ clean: 75, absent: 15, minor: 8, poor: 2 }),
    enforcementListing: random.weighted({ none: 92, cured: 6, active: 2 }),
    totalDebt: (assets * random.next() * 0.8).toFixed(2),
    totalAssets: assets.toFixed(2),
    operatingCashFlow: (revenue * 0.25).toFixed(2),
    debtDue12m: random.chance(0.5) ? (revenue * 0.15).toFixed(2) : '0.00',
    profitableYears3: String(random.whole(1, 3)),
    books: random.weighted({ full: 60, simple: 35, none: 5 }),
    yearsOperating: String(years),
    firstOperatingYear: yesNo(years === 0),
    revenue: revenue.toFixed(2),
    previousRevenue: (years === 0 ? 0 : revenue * (0.8 + random.next() * 0.3)).toFixed(2),
    leaseYearsRemaining: String(random.whole(0, 10)),
    insurableValue: (assets * 0.4).toFixed(2),
    insuredValue: (assets * 0.4 * random.next()).toFixed(2),
    contractedSales: (revenue * random.next() * 0.9).toFixed(2),
    modelLevel: random.weighted({ none: 55, county: 25, city: 14, province: 5, national: 1 }),
    qualitySafety: random.weighted({ certified: 40, 'no-incident': 58, incident: 2 }),
    governance: random.weighted({ full: 50, part: 40, none: 10 }),
    householdsLinked: String(random.whole(0, 45)),
    courtDefaulter: 'no',
  };
}

/** One village collective. */
export function collectiveItems(random: Random): Values {
  const income = Number(random.money(260_000, 220_000)) + 30_000;
  const assets = income * (3 + random.next() * 5);
  const contracts = random.whole(2, 30);
  return {
    operatingIncome: income.toFixed(2),
    previousOperatingIncome: (income * (0.8 + random.next() * 0.3)).toFixed(2),
    firstOperatingYear: 'no',
    totalDebt: (assets * random.next() * 0.5).toFixed(2),
    totalAssets: assets.toFixed(2),
    hadDebt36m: yesNo(random.chance(0.6)),
    longestOverdueDays36m: '0',
    feesDue: (income * 0.6).toFixed(2),
    feesCollected: (income * 0.6 * (0.85 + random.next() * 0.15)).toFixed(2),
    accounting: random.weighted({ full: 75, minor: 22, breach: 3 }),
    disclosedQuarters: String(random.whole(2, 4)),
    memberRegister: yesNo(random.chance(0.95)),
    inventoryAgeMonths: String(random.whole(3, 26)),
    distribution: random.weighted({ charter: 70, 'lawfully-none': 28, improper: 2 }),
    contracts: String(contracts),
    standardContracts: String(Math.round(contracts * (0.8 + random.next() * 0.2))),
    auditFindings: random.weighted({ none: 70, rectified: 27, open: 3 }),
  };
}
