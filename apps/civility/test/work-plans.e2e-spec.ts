import { ReviewTown } from './town';

interface Step {
  readonly title: string;
  readonly state: string;
  readonly overdue: boolean;
}

describe('the work plan of a round', () => {
  let town: ReviewTown;
  const steps = new Map<string, string>();
  beforeAll(async () => {
    town = await ReviewTown.open();
    await town.prepare();
  });
  afterAll(() => town.service.close());

  const step = (title: string, ownerRole: string, dueOn: string): Record<string, unknown> => ({ roundId: town.roundId, title, ownerRole, dueOn });
  const plan = async (): Promise<Step[]> =>
    (await town.query<{ roundPlan: Step[] }>('supervisor', 'query ($roundId: ID!) { roundPlan(roundId: $roundId) { title ownerRole dueOn state overdue doneOn doneBy evidenceSha256 finishedOn droppedOn dropReason } }')).roundPlan;

  it('lists steps, each with the role that answers for it and a day', async () => {
    expect(await town.refused('townOfficer', 'planRoundStep', step('张贴评议内容', 'collector', '2030-11-05'))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'ownerRole' }] });
    expect(await town.refused('townOfficer', 'planRoundStep', step('张贴评议内容', 'village-clerk', '2030-10-31'))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'dueOn' }] });
    expect(await town.refused('clerk', 'planRoundStep', step('张贴评议内容', 'village-clerk', '2030-11-05'))).toMatchObject({ code: 'access.denied' });
    for (const [title, ownerRole, dueOn] of [
      ['召开动员会', 'village-secretary', '2030-11-10'],
      ['张贴评议内容', 'village-clerk', '2030-11-05'],
      ['组建评议小组', 'town-officer', '2030-11-03'],
      ['重复登记的事项', 'village-clerk', '2030-11-04'],
    ] as const) {
      const { stepId } = await town.act<{ stepId: string }>('townOfficer', 'planRoundStep', 'stepId', step(title, ownerRole, dueOn));
      steps.set(title, stepId);
    }
    expect((await plan()).map(({ title }) => title)).toEqual(['组建评议小组', '重复登记的事项', '张贴评议内容', '召开动员会']);
  });

  it('is finished step by step by whoever answers for it, with the paper that shows it', async () => {
    const stepId = steps.get('组建评议小组');
    expect(await town.refused('clerk', 'finishRoundStep', { stepId, doneOn: '2030-11-01' })).toMatchObject({ code: 'round-step.not-owner', facts: { ownerRole: 'town-officer' } });
    expect(await town.refused('townOfficer', 'finishRoundStep', { stepId, doneOn: '2030-11-02' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'doneOn' }] });
    expect(await town.refused('townOfficer', 'finishRoundStep', { stepId, doneOn: '2030-11-01', evidenceSha256: 'x' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'evidenceSha256' }] });
    await town.act('townOfficer', 'finishRoundStep', 'doneOn', { stepId, doneOn: '2030-11-01', evidenceSha256: 'e'.repeat(64) });
    expect(await town.refused('townOfficer', 'finishRoundStep', { stepId, doneOn: '2030-11-01' })).toMatchObject({ code: 'round-step.closed', facts: { state: 'done' } });
  });

  it('a step planned by mistake is dropped with a reason and stays', async () => {
    const stepId = steps.get('重复登记的事项');
    expect(await town.refused('secretary', 'dropRoundStep', { stepId, reason: '' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'reason' }] });
    await town.act('secretary', 'dropRoundStep', 'droppedOn', { stepId, reason: '与张贴评议内容重复' });
    expect(await town.refused('clerk', 'finishRoundStep', { stepId, doneOn: '2030-11-01' })).toMatchObject({ code: 'round-step.closed', facts: { state: 'dropped' } });
  });

  it('shows what is overdue first, from the day after it was due; finished late, it keeps its day', async () => {
    await town.service.moveClockTo('2030-11-05');
    expect((await plan()).map(({ overdue }) => overdue)).toEqual([false, false, false, false]);
    await town.service.moveClockTo('2030-11-06');
    expect(await plan()).toMatchObject([
      { title: '张贴评议内容', state: 'open', overdue: true },
      { title: '召开动员会', state: 'open', overdue: false },
      { title: '组建评议小组', state: 'done', overdue: false, doneOn: '2030-11-01', doneBy: town.people.townOfficer.accountId, evidenceSha256: 'e'.repeat(64) },
      { title: '重复登记的事项', state: 'dropped', overdue: false, dropReason: '与张贴评议内容重复' },
    ]);
    await town.act('clerk', 'finishRoundStep', 'doneOn', { stepId: steps.get('张贴评议内容'), doneOn: '2030-11-06' });
    expect((await plan()).find(({ title }) => title === '张贴评议内容')).toMatchObject({ state: 'done', overdue: false, dueOn: '2030-11-05', doneOn: '2030-11-06', finishedOn: '2030-11-06' });
  });
});
