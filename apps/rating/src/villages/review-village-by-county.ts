import { Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, type Tx, UnitOfWork } from '@credit/platform';
import { type RatingOutcome, rateSubject, type Scorecard, villageApplicationMachine } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { compiledCard } from '../runs/rate-subject';
import { ScorecardStore } from '../scorecards/scorecard.store';
import type { VillageStepInput } from './receive-application';
import { type ReviewedVillage, type VillageApplication, VillageApplicationStore } from './village-application.store';
import { countOf, pollItemsOf } from './village-count';
import { VillageDesk } from './village-desk';
import { ComputeVillage } from './village-figures';
import { itemsOfForm, requirementSentences } from './village-form';
import { type VillageOpinion, VillageOpinionStore } from './village-opinion.store';
import { VillagePollStore } from './village-poll.store';
import { villageRulesOn } from './village-rules';

export type VillageSecondReview = Readonly<{ applicationId: string; state: string; grade: string | null; reasons: number }>;

/**
 * 县级复审 — when every department has answered: all in favour and the card gives a grade on the facts of this moment, and the village
 * goes to publication; otherwise the form goes back with each reason. 三(六) 信用村3–4
 */
@Injectable()
export class ReviewVillageByCounty {
  constructor(
    private readonly work: UnitOfWork,
    private readonly compute: ComputeVillage,
    private readonly desk: VillageDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...input }: VillageStepInput): Promise<VillageSecondReview> {
    return this.work.once({ actor, operation: 'village.county-review', requestId, body: input }, async (tx) => {
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(input.applicationId);
      const { applicationId } = application;
      actor.require('village.county-review', application.villageCode);
      const state = villageApplicationMachine.next(application.state, 'county-review');
      const opinions = await new VillageOpinionStore(tx).of(applicationId);
      const outstanding = Object.entries(villageRulesOn(tx.today).departments).filter(([code]) => !opinions.some(({ department }) => department === code));
      if (outstanding.length > 0) throw new Problem('village.opinions-missing', {}, outstanding.map(([code, zh]) => ({ path: code, message: `${zh}尚未出具意见` })));
      const card = (await new ScorecardStore(tx).inForce(tx.today)).get('V');
      if (!card) throw new Problem('scorecard.none-in-force', { kind: 'V' });
      const { reviewed, ratedFirst } = await this.rated(tx, application, card.scorecardId, card.card);
      const { grade } = reviewed.outcome;
      const kept = { scorecardId: card.scorecardId, outcome: reviewed, reviewedBy: actor.principal, reviewedOn: tx.today };
      const reasons = [...(await this.objectionsOf(tx, applicationId, opinions)), ...this.shortcomings(card.card, reviewed, ratedFirst)];
      if (reasons.length > 0 || (grade !== 'AAA' && grade !== 'AA' && grade !== 'A')) {
        await applications.update(applicationId, kept);
        await this.desk.refuse(tx, application, 'county-review', reasons);
        return { applicationId, state: 'refused', grade: null, reasons: reasons.length };
      }
      await applications.update(applicationId, { ...kept, state, grade });
      await tx.outbox.append('publication.requested', { kind: 'publication.village', owner: 'rating', key: applicationId, divisionCode: application.villageCode });
      await tx.audit.record('village.county-reviewed', applicationId, { scorecardId: card.scorecardId, grade });
      return { applicationId, state, grade, reasons: 0 };
    });
  }

  private async rated(tx: Tx, application: VillageApplication, scorecardId: string, card: Scorecard): Promise<{ reviewed: ReviewedVillage; ratedFirst: readonly string[] }> {
    const poll = await new VillagePollStore(tx).find(application.applicationId);
    const count = poll ? await countOf(tx, poll) : null;
    const { items: computed, ratedFirst } = await this.compute.figures(tx, application.villageCode);
    const items = { ...itemsOfForm(application.form.filter(({ evidenceSha256 }) => evidenceSha256 !== null)), ...computed, ...(count ? pollItemsOf(count) : {}) };
    const outcome: RatingOutcome = rateSubject(compiledCard(scorecardId, card), { items, medians: {}, consent: { economics: true, credit: true }, civility: null });
    return { reviewed: { items, outcome }, ratedFirst };
  }

  private async objectionsOf(tx: Tx, applicationId: string, opinions: readonly VillageOpinion[]): Promise<string[]> {
    const { departments } = villageRulesOn(tx.today);
    const sentences: string[] = [];
    for (const { agrees, department, reasons } of opinions) {
      if (agrees) continue;
      const text = await this.desk.open(tx, applicationId, reasons, ['village_opinion', `${applicationId}:${department}`, 'reasons']);
      sentences.push(`${departments[department] ?? department}不同意：${text ?? ''}`);
    }
    return sentences;
  }

  private shortcomings(card: Scorecard, { items, outcome }: ReviewedVillage, ratedFirst: readonly string[]): string[] {
    const unmet = requirementSentences(card, items, ratedFirst, this.rules);
    if (unmet.length > 0) return unmet;
    if (outcome.status !== 'rated') return outcome.reasons.map((id) => `“${card.indicators.find((one) => one.id === id)?.zh ?? id}”没有数据，不能评定`);
    const lowest = card.grades.at(-1);
    return outcome.grade === null ? [`得分 ${((outcome.totalHundredths ?? 0) / 100).toFixed(2)} 分，低于最低等级 ${lowest?.grade ?? ''} 级的 ${lowest?.from ?? ''} 分`] : [];
  }
}
