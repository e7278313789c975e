import type { PersonalSeal } from '@credit/platform';
import type { Mark } from '@credit/policy';
import type { PrecheckEntry } from './precheck.store';

export function documentOf(entry: Pick<PrecheckEntry, 'id' | 'document'>, seal: PersonalSeal): string {
  return seal.open(entry.document, ['precheck_entry', entry.id, 'document']);
}

/**
 * 补上文书 — the village is shown a flag and never the document behind it; a mark of a flagged kind without a document takes
 * the number and day that the town holds. 三(三)3
 */
export function withOfficialDocuments(householdId: string, marks: readonly Mark[], flags: readonly PrecheckEntry[], seals: ReadonlyMap<string, PersonalSeal>): Mark[] {
  const seal = seals.get(householdId);
  return marks.map((mark) => {
    const flag = flags.find((entry) => entry.householdId === householdId && entry.category === mark.itemCode);
    return flag && seal && mark.documentNo === undefined ? { ...mark, documentNo: documentOf(flag, seal), documentOn: flag.effectiveOn } : mark;
  });
}
