import { RULES, type Rules, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { FormLine, VillageApplication } from './village-application.store';
import { VillageChangeStore } from './village-change.store';
import { countOf } from './village-count';
import { VillageDesk } from './village-desk';
import { VillageOpinionStore } from './village-opinion.store';
import { type VillagePlaque, VillagePlaqueStore } from './village-plaque.store';
import { VillagePollStore } from './village-poll.store';
import { villageRulesOn } from './village-rules';
import { plaqueStands, standingOf } from './village-standing';
import type { VillageApplicationDetail, VillageApplicationType, VillageChangeType, VillageFormLine, VillageOpinionType, VillagePlaqueType, VillagePollType } from './village.types';

/** 申报与认定的展示 */
@Injectable()
export class VillageViews {
  constructor(
    private readonly desk: VillageDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  row(one: VillageApplication, today: PlainDate): VillageApplicationType {
    return { ...one, id: one.applicationId, renewal: one.renewsId !== null, total: one.outcome?.outcome.totalHundredths ?? null, standing: standingOf(one, today) };
  }

  line({ item, value, evidenceSha256 }: Omit<FormLine, 'value'> & { readonly value: string | null }): VillageFormLine {
    const rule = this.rules.items.village[item];
    return { item, zh: rule?.zh ?? item, unit: rule?.unit ?? null, value, evidenceSha256 };
  }

  plaque(plaque: VillagePlaque, application: VillageApplication, today: PlainDate): VillagePlaqueType {
    return { ...plaque, villageName: application.villageName, stands: plaqueStands(plaque, application, today) };
  }

  async detail(tx: Tx, application: VillageApplication): Promise<VillageApplicationDetail> {
    const { applicationId } = application;
    const reasons = await this.desk.open(tx, applicationId, application.reasons, ['village_application', applicationId, 'reasons']);
    return {
      application: this.row(application, tx.today),
      form: application.form.map((line) => this.line(line)),
      reasons: reasons?.split('\n') ?? [],
      poll: await this.poll(tx, applicationId),
      opinions: await this.opinions(tx, applicationId),
      changes: await this.changes(tx, applicationId),
      plaques: (await new VillagePlaqueStore(tx).of(applicationId)).map((plaque) => this.plaque(plaque, application, tx.today)),
    };
  }

  private async poll(tx: Tx, applicationId: string): Promise<VillagePollType | null> {
    const polls = new VillagePollStore(tx);
    const poll = await polls.find(applicationId);
    if (!poll) return null;
    const { voters } = villageRulesOn(poll.openedOn).poll;
    const returned = await polls.takenPart(applicationId);
    const count = await countOf(tx, poll);
    return {
      openedOn: poll.openedOn,
      closedOn: poll.closedOn,
      voters: Object.entries(poll.electorate).map(([kind, number]) => ({ kind, zh: voters[kind] ?? kind, number, returned: returned[kind] ?? 0 })),
      valid: count?.valid ?? null,
      favourable: count?.favourable ?? null,
    };
  }

  private async opinions(tx: Tx, applicationId: string): Promise<VillageOpinionType[]> {
    const { departments } = villageRulesOn(tx.today);
    const rows = await new VillageOpinionStore(tx).of(applicationId);
    return Promise.all(
      rows.map(async ({ department, agrees, reasons, givenOn }) => ({
        department,
        zh: departments[department] ?? department,
        agrees,
        givenOn,
        reasons: await this.desk.open(tx, applicationId, reasons, ['village_opinion', `${applicationId}:${department}`, 'reasons']),
      })),
    );
  }

  private async changes(tx: Tx, applicationId: string): Promise<VillageChangeType[]> {
    const rows = await new VillageChangeStore(tx).of(applicationId);
    const open = (changeId: string, column: 'reasons' | 'objection' | 'answer', sealed: Buffer | null) => this.desk.open(tx, applicationId, sealed, ['village_change', changeId, column]);
    return Promise.all(
      rows.map(async ({ changeId, reasons, objection, answer, ...row }) => ({
        ...row,
        id: changeId,
        reasons: await open(changeId, 'reasons', reasons),
        objection: await open(changeId, 'objection', objection),
        answer: await open(changeId, 'answer', answer),
      })),
    );
  }
}
