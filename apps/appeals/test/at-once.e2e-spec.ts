import { newId } from '@credit/platform';
import { answerMutation, fileMutation, hearMutation, objectionQuery, type Receipt, Town } from './town';

const withdrawMutation = 'mutation ($input: WithdrawObjectionInput!) { withdrawObjection(input: $input) { state } }';

interface Shown {
  readonly objection: { readonly objection: { readonly state: string; readonly reconsiderationId: string } };
}

describe('at the same moment', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
    await town.service.moveClockTo('2030-12-02');
  });
  afterAll(() => town.service.close());

  const ready = async (publication = town.publish()): Promise<string> => {
    const { objectionId } = await town.file(publication);
    await town.convene(objectionId, '2030-12-02');
    await town.service.data(hearMutation, town.hearing(objectionId, 'applicant', '2030-12-02'), town.secretary);
    return objectionId;
  };
  const shown = async (id: string) => (await town.service.data<Shown>(objectionQuery.replace('objection { id state', 'objection { id reconsiderationId state'), { id }, town.secretary)).objection.objection;

  it('an answer and a withdrawal: one of them stands, the other is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const objectionId = await ready();
      const [answered, withdrawn] = await Promise.all([
        town.service.graph(answerMutation, town.answering(objectionId), town.secretary),
        town.service.graph(withdrawMutation, { input: { requestId: newId(), objectionId } }, town.clerk),
      ]);
      expect([answered.errors, withdrawn.errors].map((errors) => errors?.[0]?.extensions.code)).toEqual(answered.errors ? ['objection.ended', undefined] : [undefined, 'state.illegal-move']);
      expect((await shown(objectionId)).state).toBe(answered.errors ? 'withdrawn' : 'answered');
    }
  });

  it('an answer and another objection about the household: it is heard before it is answered, or has a case of its own', async () => {
    for (let round = 0; round < 5; round += 1) {
      const publication = town.publish();
      const objectionId = await ready(publication);
      const [answered, filed] = await Promise.all([
        town.service.graph(answerMutation, town.answering(objectionId), town.secretary),
        town.service.data<{ fileObjection: Receipt }>(fileMutation, town.filing(publication, { applicantId: town.household(1), ground: 'others-result' }), town.clerk),
      ]);
      const [first, second] = [await shown(objectionId), await shown(filed.fileObjection.objectionId)];
      expect(second.state).toMatch(/^(admitted|panel-convened)$/);
      if (answered.errors) expect([answered.errors[0]?.extensions.code, second.reconsiderationId]).toEqual(['panel.not-heard', first.reconsiderationId]);
      else expect(second.reconsiderationId).not.toBe(first.reconsiderationId);
    }
  });

  it('two answers: the case has one, with one number', async () => {
    const objectionId = await ready();
    const answers = await Promise.all([1, 2].map(() => town.service.graph(answerMutation, town.answering(objectionId), town.secretary)));
    expect(answers.filter((one) => one.errors).map((one) => one.errors?.[0]?.extensions.code)).toEqual(['objection.ended']);
  });
});
