import { archivesReads, identityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { identity } from '../src/identity.service';

describe('核对取号码', () => {
  const householdId = newId();
  const memberId = newId();
  let service: TestService;
  let code: string;
  beforeEach(async () => {
    service = await startTestService(identity);
    service.peer.answer(archivesReads.memberByTail, ({ tail }) => (tail === '123X' ? [{ memberId, divisionCode: '34152510920401' }] : []));
    code = (await service.ask(identityReads.slipCodes, { householdIds: [householdId] }, 'publicity'))[0]?.code ?? '';
  });
  afterEach(() => service.close());

  const holder = (given: { code?: string; tail?: string; address?: string } = {}) => service.ask(identityReads.slipHolder, { code, tail: '123X', address: '10.0.0.1', ...given }, 'publicity');

  it('names the member by code and last four, as typed from paper', async () => {
    expect(await holder({ code: ` ${code.toLowerCase()} `, tail: '123x' })).toEqual([{ householdId, memberId }]);
  });

  it('answers nothing for a wrong code and a wrong tail alike, and locks the code after five failures', async () => {
    expect(await holder({ code: 'ABCDEFGHJKMN' })).toEqual([]);
    for (let tries = 0; tries < 5; tries += 1) expect(await holder({ tail: '0000' })).toEqual([]);
    expect(await holder()).toEqual([]);
  });

  it('stops listening to an address that tries too often', async () => {
    for (let tries = 0; tries < 30; tries += 1) await holder({ code: 'ABCDEFGHJKMN' });
    expect(await holder()).toEqual([]);
    expect(await holder({ address: '10.0.0.2' })).toEqual([{ householdId, memberId }]);
  });

  it('is asked by publicity only', async () => {
    await expect(service.ask(identityReads.slipHolder, { code, tail: '123X', address: '10.0.0.1' }, 'rating')).rejects.toMatchObject({ code: 'peer.unavailable' });
  });
});
