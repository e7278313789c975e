import { groupBias, groupFar, identicalSheets, memberBias, zeroVariance } from './group-signals';
import { mutualFavour } from './mutual-favour';
import { type Signal, type SignalGroup, signalKinds } from './signal';
import type { SignalLimits } from './signal-limits';
import { tallyOf } from './tally';

/**
 * 监督信号 of a village's confirmed group tables, for supervisors: advisory, each with its figures. Vetoed sheets are left out,
 * since a document decided them and no scorer; groups below the least number of households give none, but count for the
 * village. The order of the input does not matter. 三(三) 避免“老好人”“人情分” [D]
 */
export function supervisionSignals(limits: SignalLimits, groups: readonly SignalGroup[]): Signal[] {
  const judged = groups.map((group) => ({ ...group, sheets: group.sheets.filter(({ vetoed }) => !vetoed) }));
  const village = tallyOf(judged.flatMap(({ sheets }) => sheets.map(({ hundredths }) => hundredths)));
  const compared = judged.filter(({ sheets }) => sheets.length >= limits.leastHouseholds);
  const signals = compared.flatMap((group) => [
    ...groupBias(group, village, limits),
    ...memberBias(group, limits),
    ...zeroVariance(group),
    ...identicalSheets(group, limits),
    ...groupFar(group, village, limits),
  ]);
  return [...signals, ...mutualFavour(compared, limits)].map((signal) => ({ place: placeOf(signal), signal })).toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ signal }) => signal);
}

function placeOf({ kind, groupCode, householdIds, memberIds }: Signal): string {
  return [signalKinds.indexOf(kind), groupCode, ...householdIds, '', ...memberIds].join(' ');
}
