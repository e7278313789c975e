import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { type NoticeInput, noticePdf, type Table } from '@credit/print';
import { Inject, Injectable } from '@nestjs/common';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { ComputeVillage } from './village-figures';
import { itemsToDeclare, requirementSentences } from './village-form';
import { VillageViews } from './village-views';
import type { VillageForm, VillageFormLine } from './village.types';

/** 申报表 — what the system knows today is filled in, the rest is left to the village. 三(六) 信用村1 */
@Injectable()
export class PrepareVillageForm {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly compute: ComputeVillage,
    private readonly views: VillageViews,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, villageCode: string): Promise<VillageForm> {
    return this.work.read(actor, async (tx) => {
      actor.require('village.view', villageCode);
      const card = (await new ScorecardStore(tx).inForce(tx.today)).get('V');
      if (!card) throw new Problem('scorecard.none-in-force', { kind: 'V' });
      const { items, ratedFirst } = await this.compute.figures(tx, villageCode);
      return {
        villageCode,
        computed: Object.entries(items).map(([item, value]) => this.views.line({ item, value, evidenceSha256: null })),
        toDeclare: itemsToDeclare(card.card).map((item) => this.views.line({ item, value: null, evidenceSha256: null })),
        unmet: requirementSentences(card.card, items, ratedFirst, this.rules),
      };
    });
  }

  /** On paper, to be completed, signed and sealed. */
  async print(actor: Actor, villageCode: string): Promise<Buffer> {
    const form = await this.execute(actor, villageCode);
    const [village] = await this.peers.all(archivesReads.divisions, { under: villageCode });
    const madeOn = await this.work.read(actor, (tx) => Promise.resolve(tx.today));
    const name = village?.name ?? villageCode;
    const input: NoticeInput = {
      title: '信用村申报表',
      number: null,
      madeOn,
      placeName: null,
      paragraphs: [`${name}自愿申报党建引领信用村，对所填各项的真实性负责。`, ...(form.unmet.length > 0 ? [`打印时尚未满足的条件：${form.unmet.join('；')}。`] : [])],
      tables: [table('一、系统取数', form.computed), table('二、由村申报（附依据）', form.toDeclare)],
      objections: null,
      signature: { by: `${name}党组织`, on: null },
    };
    return (await noticePdf(input)).pdf;
  }
}

function table(caption: string, lines: readonly VillageFormLine[]): Table {
  return {
    caption,
    columns: [
      { head: '项目', share: 70, align: 'left' },
      { head: '数值', share: 40 },
      { head: '单位', share: 20 },
      { head: '备注', share: 26 },
    ],
    rows: lines.map(({ zh, value, unit }) => [zh, value ?? '', unit ?? '', '']),
  };
}
