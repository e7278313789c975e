import { randomUUID } from 'node:crypto';
import { drafted, post, postEverywhere, until } from '../journey/publish';
import type { VillageRound } from '../journey/review';
import { caseDays, type CasePlan, expected, type VillagePlan } from './plan';

/** 一个村的公示 and the cases about it, acted out day by day through the county graph. */
export class VillageCase {
  /** What hangs, or is drafted, now. */
  publicationId = '';
  readonly cases: readonly HouseholdCase[];
  private place = '';

  constructor(
    readonly round: VillageRound,
    readonly plan: VillagePlan,
    private readonly townSupervisor: { do: VillageRound['staff']['clerk']['do'] },
    plans: readonly CasePlan[],
  ) {
    const { households } = round;
    this.cases = plans.map((one, index) => new HouseholdCase(this, households[index]?.householdId ?? '', households[(index + 1) % households.length]?.householdId ?? '', one));
  }

  async day(today: number, calendarDay: (day: number) => string): Promise<void> {
    const { plan, round } = this;
    const { clerk, supervisor } = round.staff;
    const { publicationId } = this;
    if (today === 0) return this.posted(await postEverywhere(round.staff, 'publication.result'));
    if (plan.kind === 'suspended' && today === plan.on) await this.townSupervisor.do('suspendPublication', { publicationId, reason: 'complaint' }, 'state');
    if (plan.kind === 'suspended' && today === plan.resumedOn) await this.townSupervisor.do('resumePublication', { publicationId }, 'lastDay');
    if (plan.kind === 'missing' && today === plan.on) await supervisor.do('reportMissing', { publicationId, placeId: this.place, missingFrom: calendarDay(plan.from) }, 'lastDay');
    if (plan.kind === 'withdrawn' && today === plan.on) {
      await supervisor.do('withdrawPublication', { publicationId, reason: 'wrong-content' }, 'openedAgainAs');
      this.publicationId = (await drafted(round.staff, 'publication.result')).id;
    }
    if (plan.kind === 'withdrawn' && today === plan.postedOn) await this.posted(await post(clerk, await drafted(round.staff, 'publication.result')));
  }

  private async posted({ publicationId, places }: Awaited<ReturnType<typeof post>>): Promise<void> {
    this.publicationId = publicationId;
    this.place = places.find(({ kind }) => kind === 'group')?.id ?? '';
    for (const { code } of this.round.staff.village.groups) await this.round.staff.clerk.do('recordGroupDelivery', { publicationId, groupCode: code, channel: 'slip' }, 'told');
  }
}

/** 一户的异议 from its receipt to the publication of its outcome. */
export class HouseholdCase {
  objectionIds: string[] = [];

  constructor(
    private readonly village: VillageCase,
    readonly householdId: string,
    private readonly neighbourId: string,
    readonly plan: CasePlan,
  ) {}

  get expected(): ReturnType<typeof expected> {
    return expected(this.village.plan, this.plan);
  }

  async day(today: number, calendarDay: (day: number) => string): Promise<void> {
    const { plan } = this;
    const { clerk, secretary } = this.village.round.staff;
    const { convenedOn, answeredOn, outcomeOn } = caseDays(plan);
    if (today === plan.objectOn) await this.object();
    const [objectionId = ''] = this.objectionIds;
    if (this.expected === 'taken-back' && today === plan.objectOn + (plan.takeBackAfter ?? 0)) await clerk.do('withdrawObjection', { objectionId }, 'state');
    if (this.expected !== 'admitted') return;
    if (today === convenedOn) {
      await secretary.do('convenePanel', { objectionId, meetingOn: calendarDay(today), guests: [{ capacity: 'elder' }, { capacity: 'elder' }] }, 'reconsiderationId');
      const heard = { appeared: true, heardOn: calendarDay(today), text: '陈述了本户的情况。' };
      for (const one of this.objectionIds) await secretary.do('recordHearing', { objectionId: one, heard: 'applicant', ...heard }, 'hearingId');
      await secretary.do('recordHearing', { objectionId, heard: 'affected-household', ...heard }, 'hearingId');
    }
    if (today === answeredOn) await secretary.do('answerObjection', { objectionId, reasons: '经复议小组逐项核对，据实答复。', ...this.answer() }, 'outcome');
    if (today === outcomeOn) await this.publishOutcome();
  }

  private async object(): Promise<void> {
    const { householdId, neighbourId, plan, village } = this;
    const filing = { publicationId: village.publicationId, subjectId: householdId, channel: 'oral', readBack: true, text: '请核实本户的评分。' };
    const own = { ...filing, applicantId: householdId, ground: 'own-score', requestId: randomUUID() };
    const others = plan.neighbour ? [{ ...filing, applicantId: neighbourId, ground: 'others-result', requestId: randomUUID() }] : [];
    const { clerk } = village.round.staff;
    const receipts = await Promise.all([own, ...others].map((input) => clerk.do<{ objectionId: string }>('fileObjection', input, 'objectionId')));
    if (plan.twice) receipts.push(await clerk.do<{ objectionId: string }>('fileObjection', own, 'objectionId'));
    this.objectionIds = [...new Set(receipts.map(({ objectionId }) => objectionId))];
  }

  private answer(): object {
    const { changedTo } = this.plan;
    if (changedTo === null) return { outcome: 'score-kept' };
    return { outcome: 'score-changed', changedHundredths: (changedTo / 100).toFixed(2), items: [{ itemCode: 'P05', change: 'added', reason: '有出工记录。' }], ...(this.village.round.vetoed === this.householdId ? { vetoLifted: true } : {}) };
  }

  /** Its draft is found by its key: the objection that carries the answer. */
  private async publishOutcome(): Promise<void> {
    const { clerk, village } = this.village.round.staff;
    const query = `query ($under: String) { publications(under: $under, kind: "publication.reconsideration", state: "draft", first: 200) { rows { id key state places { id kind divisionCode } } } }`;
    const draft = await until(async () => {
      const { publications } = await clerk.ask<{ publications: { rows: (Parameters<typeof post>[1] & { key: string })[] } }>(query, { under: village.code });
      return publications.rows.find(({ key }) => this.objectionIds.includes(key));
    }, 'the outcome to be drafted');
    await post(clerk, draft);
  }
}
