import type { PersonalSeal } from '@credit/platform';
import type { MarkLine } from './table.types';
import { evidenceOf, type Sheet } from './sheets';

/** The lines of a sheet with the evidence behind them; an erased household's evidence is gone, its lines stay. */
export function linesOf(sheet: Pick<Sheet, 'id' | 'lines' | 'evidence'>, seal: PersonalSeal | undefined, mayReadDocuments: boolean): MarkLine[] {
  const marks = seal ? evidenceOf(sheet, seal) : [];
  return sheet.lines.map(({ itemCode, zh, area, polarity, markedHundredths }, index) => {
    const { word = null, factText = null, factOn = null, documentNo = null, documentOn = null } = marks[index] ?? {};
    return { itemCode, zh, area, polarity, points: markedHundredths, word, factText, factOn, documentNo: mayReadDocuments ? documentNo : null, documentOn };
  });
}

/** Marks as typed carry their points under the name of the graph. */
export function marksFrom<M extends { readonly points?: number | null }>(marks: readonly M[]): (Omit<M, 'points'> & { pointsHundredths: number | null })[] {
  return marks.map(({ points, ...mark }) => ({ ...mark, pointsHundredths: points ?? null }));
}
