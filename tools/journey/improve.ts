import { addDays, type Clock } from './clock';
import type { VillageRound } from './review';
import { must, type Story } from './story';

interface Improvement {
  readonly improvementId: string;
  readonly version: number;
}

/** 整改提升 — the household with a veto agrees on measures with a helper and a day on which they are looked at; its score stays. 三(三) */
export async function planImprovement({ staff, roundId, vetoed }: VillageRound, clock: Clock, story: Story): Promise<Improvement> {
  const candidates = await staff.secretary.all<{ householdId: string }>('improvementCandidates', 'roundId: $roundId', 'householdId', { roundId }, '$roundId: ID!');
  must(candidates.some(({ householdId }) => householdId === vetoed), 'the household with a veto is asked to improve');
  const startsOn = await clock.today();
  const plan = { roundId, householdId: vetoed, measures: ['与债权人商定还款计划并按月履行', '每季度向村党组织说明履行情况'], helperAccountId: staff.accountIds['collector'], startsOn, checkOn: addDays(startsOn, 90) };
  const planned = await staff.secretary.do<Improvement>('planImprovement', plan, 'improvementId version');
  story.tell(`得分在异议期后生效；一票否决户商定整改措施、帮扶人，${plan.checkOn} 核查，得分不因此改变`);
  return planned;
}

/** 到期核查 — by somebody else than the helper. */
export async function checkImprovement({ improvementId, version }: Improvement, { staff }: VillageRound, clock: Clock, story: Story): Promise<void> {
  await staff.secretary.do('checkImprovement', { improvementId, version, result: 'met', seen: '还款凭证齐全，已按计划还清。', seenOn: await clock.today() }, 'improvementId');
  story.tell('整改提升经帮扶人以外的人核查，已达到；下一轮审议可见');
}
