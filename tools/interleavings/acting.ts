import { newId } from '@credit/platform';
import type { Mutation } from './doors';
import { addDays, HouseholdReference, isOpen, Notice } from './reference';
import { drafted, postEverywhere } from './rounds';
import type { HouseholdCommand, Step, VillageCommand } from './sequences';
import type { ThreeServices } from './three-services';
import type { Village } from './villages';

/** 一个村 — each step is taken by the services and by the reference; what they say must agree. */
export class Acting {
  readonly notices: Notice[] = [];
  readonly references: readonly HouseholdReference[];
  private groupPlace = '';

  constructor(
    private readonly town: ThreeServices,
    readonly village: Village,
    readonly roundId: string,
    private readonly began: string,
  ) {
    this.references = village.households.map(() => new HouseholdReference());
  }

  get present(): Notice {
    const notice = this.notices.at(-1);
    if (!notice) throw new Error('nothing is drafted');
    return notice;
  }

  day(day: number): string {
    return addDays(this.began, day);
  }

  async begin(): Promise<void> {
    this.notices.push(new Notice((await drafted(this.town, this.village, 'publication.result', this.roundId)).id));
  }

  async act(step: Step): Promise<void> {
    if (step.household === null) await this.befall(step.command, step);
    else await this.move(step.household, step.command, step);
  }

  /** The same request twice answers the same; taken or refused as the reference says. */
  private async send<T>(mutation: Mutation, input: object, { on, twice }: Step, lawful: boolean): Promise<T | null> {
    const requestId = newId();
    const answer = await this.town.attempt<T>(mutation, input, requestId);
    if (twice) expect({ mutation, on, again: await this.town.attempt<T>(mutation, input, requestId) }).toEqual({ mutation, on, again: answer });
    if (('receipt' in answer) !== lawful) throw new Error(`${mutation} on day ${on} must be ${lawful ? 'taken' : 'refused'}: ${JSON.stringify({ input, answer })}`);
    return 'receipt' in answer ? answer.receipt : null;
  }

  private async befall(command: VillageCommand, step: Step): Promise<void> {
    const { present: notice } = this;
    const { on } = step;
    const publicationId = notice.id;
    const runs = notice.runs(on);
    switch (command.name) {
      case 'post':
        if (notice.isDraft) await this.post(notice, on);
        return;
      case 'tell':
        await this.send('recordGroupDelivery', { publicationId, groupCode: this.village.code, channel: 'slip' }, step, true);
        notice.told ||= notice.postedOn !== null;
        return;
      case 'suspend':
        await this.send('suspendPublication', { publicationId, reason: 'complaint' }, step, runs);
        if (runs) notice.suspendedOn = on;
        return;
      case 'resume': {
        const { suspendedOn } = notice;
        if (suspendedOn !== null) {
          notice.miss(suspendedOn, on);
          notice.suspendedOn = null;
        }
        await this.extended(await this.send('resumePublication', { publicationId }, step, suspendedOn !== null), notice);
        return;
      }
      case 'missing': {
        const from = Math.max(on - command.days, notice.postedOn ?? on);
        if (runs) notice.miss(from, on);
        await this.extended(await this.send('reportMissing', { publicationId, placeId: this.groupPlace || newId(), missingFrom: this.day(from) }, step, runs), notice);
        return;
      }
      case 'withdraw': {
        const lawful = runs || notice.isDraft || notice.isSuspended();
        const receipt = await this.send<{ openedAgainAs: string }>('withdrawPublication', { publicationId, reason: 'wrong-content' }, step, lawful);
        if (!receipt) return;
        notice.withdrawn = true;
        this.groupPlace = '';
        this.notices.push(new Notice(receipt.openedAgainAs));
      }
    }
  }

  private async post(notice: Notice, on: number): Promise<void> {
    const { publication } = await this.town.ask<{ publication: { id: string; key: string; places: { id: string; kind: string }[] } }>('publicity', 'village-clerk', 'query ($id: ID!) { publication(id: $id) { id key places { id kind } } }', { id: notice.id });
    const receipt = await postEverywhere(this.town, publication);
    notice.postedOn = on;
    this.groupPlace = publication.places.find(({ kind }) => kind === 'group')?.id ?? '';
    await this.extended(receipt, notice);
  }

  private async extended(receipt: { lastDay?: string; objectionLastDay?: string | null } | null, notice: Notice): Promise<void> {
    if (receipt) expect(receipt).toEqual({ lastDay: this.day(notice.lastDay), objectionLastDay: this.day(notice.objectionLastDay) });
  }

  private async move(index: number, command: HouseholdCommand, step: Step): Promise<void> {
    const reference = this.references[index];
    const householdId = this.village.households[index]?.householdId;
    if (!reference) throw new Error('no such household');
    if (command.name === 'object') return this.object(reference, householdId, command, step);
    const filing = reference.latest;
    if (!filing) return;
    const { objectionId } = filing;
    switch (command.name) {
      case 'take-back':
        await this.send('withdrawObjection', { objectionId }, step, reference.takeBack(filing));
        return;
      case 'convene':
        await this.send('convenePanel', { objectionId, meetingOn: this.day(step.on), guests: [{ capacity: 'elder' }] }, step, reference.convene(filing));
        return;
      case 'answer': {
        await this.town.attempt('recordHearing', { objectionId, heard: 'applicant', appeared: true, heardOn: this.day(step.on), text: '陈述了本户的情况' });
        const { changedTo } = command;
        const items = [{ itemCode: 'P05', change: 'added', reason: '查实参加义务工' }];
        const verdict = changedTo === null ? { outcome: 'score-kept' } : { outcome: 'score-changed', changedHundredths: (changedTo / 100).toFixed(2), items };
        const receipt = await this.send<{ overdue: boolean }>('answerObjection', { objectionId, reasons: '经复议逐项核对，据实答复', ...verdict }, step, reference.answer(filing, changedTo));
        if (receipt) expect(receipt.overdue).toBe(step.on > (filing.dispute?.dueOn ?? 0));
        return;
      }
      case 'publish-outcome':
        await this.publishOutcomes(reference, step.on);
    }
  }

  private async object(reference: HouseholdReference, householdId: string | undefined, { ground, onWithdrawn }: Extract<HouseholdCommand, { name: 'object' }>, step: Step): Promise<void> {
    const notice = onWithdrawn ? (this.notices.at(-2) ?? this.present) : this.present;
    const filing = reference.file(notice, ground, step.on);
    const input = { publicationId: notice.id, subjectId: householdId, applicantId: householdId, ground, channel: 'oral', readBack: true, text: '请核实本户的评分' };
    const receipt = await this.send<{ objectionId: string; state: string; refusal: string | null; answerDueOn: string | null }>('fileObjection', input, step, filing !== null);
    if (!filing || !receipt) return;
    filing.objectionId = receipt.objectionId;
    const { dispute, refusal } = filing;
    expect({ ...receipt, step }).toEqual({ objectionId: receipt.objectionId, state: refusal === null ? 'admitted' : 'refused', refusal, answerDueOn: dispute ? this.day(dispute.dueOn) : null, step });
  }

  private async publishOutcomes(reference: HouseholdReference, on: number): Promise<void> {
    const answered = new Set(reference.filings.flatMap(({ dispute }) => (dispute?.state === 'answered' && dispute.outcomePostedOn === null ? [dispute] : [])));
    for (const dispute of answered) {
      const first = reference.filings.find((one) => one.dispute === dispute && !one.takenBack);
      await postEverywhere(this.town, await drafted(this.town, this.village, 'publication.reconsideration', first?.objectionId));
      dispute.outcomePostedOn = on;
    }
  }

  /** What the list of objections must show at the end of a day. */
  objectionsOn(today: number): { id: string; state: string; answerDueOn: string | null; overdue: boolean }[] {
    return this.references.flatMap((reference) =>
      reference.filings.map((filing) => {
        const { dispute, objectionId: id, takenBack } = filing;
        const overdue = dispute !== null && !takenBack && isOpen(dispute) && today > dispute.dueOn;
        return { id, state: reference.stateOf(filing, today), answerDueOn: dispute ? this.day(dispute.dueOn) : null, overdue };
      }),
    );
  }
}
