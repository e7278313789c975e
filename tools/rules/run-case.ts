import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemListOn, repositoryRoot, type Rules } from '@credit/platform';
import { checkCreditCode, checkDivision, checkHouseholdNo, checkMobile, checkResidentId, civilityFromCounted, householdTotal, plainDate, PolicyError, type Verdict, windowOf } from '@credit/policy';
import type { Situation, SituationKind } from './case-shapes';
import { cardOn, scorecardOutcome } from './run-scorecard';

type Outcome = Readonly<Record<string, unknown>>;

function window(rules: Rules, { kind, openedOn, roll, days }: Situation<'window'>): Outcome {
  try {
    const { lastDay, overAt } = windowOf(rules.terms, kind, plainDate(openedOn), { calendar: rules.calendar, ...(roll === undefined ? {} : { roll }), ...(days === undefined ? {} : { days }) });
    return { lastDay, overAt };
  } catch (error) {
    if (error instanceof PolicyError) return { refused: error.code };
    throw error;
  }
}

function civility(rules: Rules, { on, ...marks }: Situation<'civility'>): Outcome {
  const list = on === undefined ? rules.itemLists.at(-1) : itemListOn(rules, plainDate(on));
  if (!list) throw new Error(`${on ?? ''} 没有生效的评议清单`);
  return { score: civilityFromCounted(marks, list) / 100 };
}

function household(rules: Rules, { on, ...parts }: Situation<'household'>): Outcome {
  const { weights, grades } = cardOn(rules, 'H', on);
  if (!weights) throw new Error('农户评分卡没有权重');
  const bands = grades.map(({ grade, from }) => ({ grade, fromHundredths: Math.round(from * 100) }));
  const { totalHundredths, ...outcome } = householdTotal({ ...parts, weights, bands });
  return { total: totalHundredths / 100, ...outcome };
}

/** The villages and communities of the county, from the public division codes. */
function knownVillages(): Set<string> {
  const folder = join(repositoryRoot(), 'rules/divisions');
  const rows = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\r?\n/));
  return new Set(rows.map((row) => row.split(',')).flatMap(([code = '', , level = '']) => (level === 'village' || level === 'community' ? [code] : [])));
}

function verdictOn({ kind, value, sandbox = false }: Situation<'identifier'>): Verdict {
  switch (kind) {
    case 'residentId':
      return checkResidentId(value, { sandbox });
    case 'creditCode':
      return checkCreditCode(value);
    case 'division':
      return checkDivision(value);
    case 'mobile':
      return checkMobile(value);
    case 'householdNo': {
      const villages = knownVillages();
      return checkHouseholdNo(value, { knownVillage: (code) => villages.has(code) });
    }
  }
}

function identifier(_rules: Rules, situation: Situation<'identifier'>): Outcome {
  return { ...verdictOn(situation) };
}

const runners: { readonly [K in SituationKind]: (rules: Rules, situation: Situation<K>) => Outcome } = { window, civility, household, scorecard: scorecardOutcome, identifier };

/** What the rules make of one situation; faults of the situation itself are thrown as sentences. */
export function outcomeOf<K extends SituationKind>(rules: Rules, kind: K, situation: Situation<K>): Outcome {
  return runners[kind](rules, situation);
}
