import { newId, type PersonalSeal } from '@credit/platform';
import { type CivilityScore, civilityScore, type ItemList, type Mark } from '@credit/policy';

/** 评分表 — one household's agreed marks as stored: what they come to is open to those who may see it, the evidence is sealed. */
export interface Sheet {
  readonly id: string;
  readonly householdId: string;
  readonly withdrawn: readonly string[];
  readonly hundredths: number;
  readonly positivesHundredths: number;
  readonly negativesHundredths: number;
  readonly vetoed: boolean;
  readonly lines: CivilityScore['lines'];
  readonly evidence: Buffer;
}

/** Scores the marks by the list and seals the words, facts and documents under the household's key. 三(三)3 */
export function sheetOf(list: ItemList, householdId: string, marks: readonly Mark[], withdrawn: readonly string[], seal: PersonalSeal): Sheet {
  const id = newId();
  const { hundredths, positivesHundredths, negativesHundredths, vetoed, lines } = civilityScore(list, marks);
  return { id, householdId, withdrawn, hundredths, positivesHundredths, negativesHundredths, vetoed, lines, evidence: seal.seal(JSON.stringify(marks), ['sheet', id, 'evidence']) };
}

export function evidenceOf(sheet: Pick<Sheet, 'id' | 'evidence'>, seal: PersonalSeal): Mark[] {
  return JSON.parse(seal.open(sheet.evidence, ['sheet', sheet.id, 'evidence'])) as Mark[];
}
