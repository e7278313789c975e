import { type AskedOf, type RowOf, sharedReads } from '@credit/contracts';
import { Answers, scoreText, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { isActive, type ListItem } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { CorrectionStore } from '../corrections/correction.store';
import { ItemListStore } from '../lists/item-list.store';
import { ScoreStore } from '../scores/score.store';
import type { RoundRow } from './round.row';
import { RoundStore } from './round.store';

type Row = RowOf<typeof sharedReads.publicationContent>;

/** 公示内容 — the item list before the round, the filed scores after it, a correction with the score it led to. */
@Injectable()
export class PublicationContentReads {
  constructor(private readonly work: UnitOfWork) {}

  @Answers(sharedReads.publicationContent)
  content({ kind, key }: AskedOf<typeof sharedReads.publicationContent>): Promise<Row[]> {
    return this.work.read(systemActor(), async (tx): Promise<Row[]> => {
      if (kind === 'publication.correction') return correctionRows(tx, key);
      const round = await new RoundStore(tx).get(key);
      if (kind === 'publication.content') return listRows(tx, round);
      if (kind === 'publication.result') return resultRows(tx, round);
      return [];
    });
  }
}

async function listRows(tx: Tx, round: RoundRow): Promise<Row[]> {
  const { list } = await new ItemListStore(tx).get(round.listVersionId);
  const areas = new Map(list.areas.map(({ code, zh }) => [code, zh]));
  const heading = { year: String(round.year), listVersion: String(list.version), referenceDay: round.referenceDay };
  const base = `基本分 ${scoreText(list.baseHundredths)} 分，正面清单合计至多加 ${scoreText(list.positivesCapHundredths)} 分。`;
  const lines = list.items.filter(isActive).map((item) => `${item.code} ${areas.get(item.area) ?? '一票否决'}：${item.zh}，${pointsText(item)}`);
  return [{ heading }, { text: base }, ...lines.map((text) => ({ text }))];
}

function pointsText(item: ListItem): string {
  const points = scoreText(item.pointsHundredths ?? 0);
  switch (item.polarity) {
    case 'positive':
      return `至多加 ${points} 分`;
    case 'negative':
      return `每项扣 ${points} 分`;
    case 'veto':
      return '评议得分为零';
  }
}

/** Nothing before the town party committee has filed the round. */
async function resultRows(tx: Tx, round: RoundRow): Promise<Row[]> {
  if (round.filedOn === null) return [];
  const rows = await new ScoreStore(tx).filed(round.id);
  const heading = { year: String(round.year), filedOn: round.filedOn, households: String(rows.length) };
  return [{ heading }, ...rows.map(({ householdId, groupCode, hundredths }) => ({ subjectId: householdId, groupCode, result: scoreText(hundredths) }))];
}

async function correctionRows(tx: Tx, correctionId: string): Promise<Row[]> {
  const correction = await new CorrectionStore(tx).get(correctionId);
  if (!correction.approved || correction.decidedOn === null) return [];
  const rounds = new RoundStore(tx);
  const { year } = await rounds.get(correction.roundId);
  const { groupCode } = await rounds.household(correction.roundId, correction.householdId);
  return [{ heading: { year: String(year), decidedOn: correction.decidedOn, subjects: '1' } }, { subjectId: correction.householdId, groupCode, result: `更正为${scoreText(correction.hundredths)}分` }];
}
