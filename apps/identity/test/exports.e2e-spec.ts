import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { identity } from '../src/identity.service';

const noteExport = 'mutation ($input: NoteExportArgs!) { noteExport(input: $input) { list } }';

describe('an export', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(identity);
  });
  afterAll(() => service.close());
  const note = () => ({ input: { requestId: newId(), list: 'households' } });

  it('is noted with who took which list', async () => {
    const clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109204' }] });
    expect(await service.data(noteExport, note(), clerk.token)).toEqual({ noteExport: { list: 'households' } });
    const { rows } = await service.admin.query<{ facts: unknown }>("SELECT facts FROM identity.audit WHERE action = 'list.exported'");
    expect(rows).toEqual([{ facts: { list: 'households' } }]);
  });

  it('is closed to those who verify for a bank, and to villagers', async () => {
    const bank = await service.account({ posts: [{ role: 'bank-verifier', divisionCode: '341525109000' }] });
    expect(await service.refused(noteExport, note(), bank.token)).toMatchObject({ code: 'access.denied' });
    const villager = await service.villager({ householdId: newId(), memberId: newId() });
    expect(await service.refused(noteExport, note(), villager.token)).toMatchObject({ code: 'access.denied' });
  });
});
