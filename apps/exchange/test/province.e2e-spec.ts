import { newId } from '@credit/platform';
import { county, otherVillage, Reporting, village } from './province';

const rejectionsQuery = 'query ($under: String!) { provinceRejections(under: $under) { rows { fileId villageCode code reason item itemName rejectedOn } } }';
interface Rejections {
  provinceRejections: { rows: { fileId: string; code: string; reason: string; item: string; itemName: string }[] };
}

describe('the push to the provincial platform', () => {
  let town: Reporting;
  beforeEach(async () => {
    town = await Reporting.open();
  });
  afterEach(() => town.close());

  const held = async (code = village): Promise<{ count: number; sha256: string } | undefined> => (await town.province.turn('look')).villages.find(({ villageCode }) => villageCode === code);
  const nextDay = (): Promise<string> => town.nextDay();
  const bothSidesEqual = async (): Promise<void> => {
    const today = await nextDay();
    const rows = await town.reconciliation(today);
    expect(rows.map(({ outcome, differences }) => ({ outcome, differences }))).toEqual(rows.map(() => ({ outcome: 'equal', differences: [] })));
    for (const row of rows) expect([row.ownCount, row.ownSha256]).toEqual([row.theirCount, row.theirSha256]);
    expect(rows.length).toBeGreaterThan(0);
  };

  it('sends what the town verified and nothing else, signed, and has a receipt for every record', async () => {
    town.archives.file();
    town.archives.file({ secretNote: 'not in the list' });
    town.archives.file({}, `${otherVillage}01`);
    Object.assign(town.archives.file(), { state: 'pending' });
    Object.assign(town.archives.file(), { state: 'withdrawn' });
    await town.round();
    await town.settle();
    expect(Object.fromEntries((await town.batches()).map(({ state, records, villageCode }) => [villageCode, [state, records]]))).toEqual({ [village]: ['done', 2], [otherVillage]: ['done', 1] });
    expect((await held())?.count).toBe(2);
    await bothSidesEqual();
  });

  it('sends corrections, withdrawals and erasures, and leaves the verified version there while a correction waits', async () => {
    const [corrected, waiting, erased, consentLost, moved] = [town.archives.file(), town.archives.file(), town.archives.file(), town.archives.file(), town.archives.file()];
    await town.round();
    await town.settle();
    expect((await held())?.count).toBe(5);
    town.archives.correct(corrected, { annualIncome: '90000.00' });
    Object.assign(waiting, { state: 'pending', version: 2 });
    Object.assign(erased, { state: 'erased', version: 2 });
    Object.assign(consentLost, { state: 'pending', version: 2, consent: { economics: false, credit: true } });
    moved.groupCode = `${otherVillage}01`;
    await nextDay();
    await town.settle();
    expect([(await held())?.count, (await held(otherVillage))?.count]).toEqual([2, 1]);
    await bothSidesEqual();
  });

  it('cut again without a change is the same batch, and a batch whose rows have changed is replaced', async () => {
    const file = town.archives.file();
    await town.province.turn('mode/down');
    await town.round();
    const [first] = await town.batches();
    await nextDay();
    expect((await town.batches()).map(({ id, state }) => [id, state])).toEqual([[first?.id, 'open']]);
    town.archives.correct(file, { annualIncome: '1.00' });
    await nextDay();
    expect((await town.batches()).map(({ state }) => state)).toEqual(['open', 'superseded']);
    await town.province.turn('mode/well');
    await town.settle();
    await bothSidesEqual();
  });

  it('never sends a row that was changed after the batch was cut, and sends the others of the batch without waiting for it', async () => {
    const [waiting, corrected] = [town.archives.file(), town.archives.file(), town.archives.file()];
    await town.province.turn('mode/down');
    await town.round();
    Object.assign(waiting, { state: 'pending', version: 2 });
    if (corrected) town.archives.correct(corrected, { annualIncome: '1.00' });
    await town.province.turn('mode/well');
    await town.settle();
    expect((await town.batches()).map(({ state, records }) => [state, records])).toEqual([['done', 1], ['superseded', 3]]);
    expect((await held())?.count).toBe(1);
    Object.assign(waiting, { state: 'verified' });
    await town.nextDay();
    await town.settle();
    expect((await held())?.count).toBe(3);
    await bothSidesEqual();
  });

  it('survives a province that is down for 72 hours: counts and digests are equal afterwards', async () => {
    const files = Array.from({ length: 30 }, () => town.archives.file());
    await town.province.turn('mode/down');
    await town.round();
    for (let day = 0; day < 3; day += 1) {
      const changing = files[day];
      if (changing) town.archives.correct(changing, { annualIncome: `${day + 1}.00` });
      town.archives.file({}, `${otherVillage}01`);
      await nextDay();
    }
    expect(await held()).toBeUndefined();
    expect((await town.batches()).some(({ state }) => state === 'open')).toBe(true);
    await town.province.turn('mode/well');
    await town.settle();
    expect([(await held())?.count, (await held(otherVillage))?.count]).toEqual([30, 3]);
    await bothSidesEqual();
  });

  it.each(['slow', 'failing', 'repeating', 'losing'])('arrives whole and once at a province that is %s', async (mode) => {
    await town.province.turn(`mode/${mode}`);
    const sizes = 1200;
    for (let index = 0; index < sizes; index += 1) town.archives.file();
    await town.round();
    await town.settle();
    expect((await town.batches()).map(({ state, records, chunks }) => [state, records, chunks])).toEqual([['done', sizes, 3]]);
    expect((await held())?.count).toBe(sizes);
    await town.province.turn('mode/well');
    await bothSidesEqual();
  });

  it('makes a rejected record a task of its village, by the item’s name, until a corrected version is accepted', async () => {
    const file = town.archives.file({ annualIncome: '99999999.00' });
    town.archives.file();
    await town.round();
    await town.settle();
    const clerk = (await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] })).token;
    const stranger = (await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: otherVillage }] })).token;
    const rejections = async (token: string) => (await town.service.data<Rejections>(rejectionsQuery, { under: county }, token)).provinceRejections.rows;
    expect(await rejections(clerk)).toEqual([{ fileId: file.fileId, villageCode: village, code: 'field.invalid', reason: '数据项填写有误', item: 'annualIncome', itemName: '家庭年总收入', rejectedOn: await town.service.today() }]);
    expect(await rejections(stranger)).toEqual([]);
    await nextDay();
    expect((await town.batches()).length).toBe(1);
    town.archives.correct(file, { annualIncome: '99999.00' });
    await nextDay();
    await town.settle();
    expect(await rejections(clerk)).toEqual([]);
    await bothSidesEqual();
  });

  it('lists each day what differs and heals it by sending it again', async () => {
    const [lost, changed] = [town.archives.file(), town.archives.file(), town.archives.file()];
    await town.round();
    await town.settle();
    const unknown = newId();
    await town.province.turn(`lose/${lost.fileId}`);
    const row = { schema: 1, op: 'upsert', villageCode: village, sequence: 1_000_000 };
    await town.province.turn('keep', JSON.stringify({ ...row, recordId: unknown }));
    await town.province.turn('keep', JSON.stringify({ ...row, sequence: 3, recordId: changed?.fileId, items: { annualIncome: '7.00' } }));
    const today = await nextDay();
    const [reconciled] = await town.reconciliation(today);
    expect(reconciled).toMatchObject({ outcome: 'different', ownCount: 3, theirCount: 3 });
    expect(Object.fromEntries(reconciled?.differences.map(({ fileId, kind }) => [fileId, kind]) ?? [])).toEqual({ [lost.fileId]: 'missing-there', [changed?.fileId ?? '']: 'other-there', [unknown]: 'unknown-here' });
    await town.settle();
    const after = (await town.reconciliation(await nextDay()))[0];
    expect(after?.differences).toEqual([{ fileId: unknown, kind: 'unknown-here' }]);
  });

  it('puts ids and numbers into its jobs, its messages, its log of acts and its tables, and no value of a file', async () => {
    town.archives.file({ mainIndustry: '霍山石斛种植' });
    await town.round();
    await town.settle();
    const { rows } = await town.service.admin.query<{ all: string }>(
      `SELECT string_agg(line, E'\\n') AS all FROM (SELECT message::text AS line FROM exchange.outbox UNION ALL SELECT facts::text FROM exchange.audit UNION ALL SELECT data::text FROM bullmq.job
       UNION ALL SELECT b::text FROM exchange.province_batch b UNION ALL SELECT p::text FROM exchange.province_record p UNION ALL SELECT r::text FROM exchange.province_receipt r) lines`,
    );
    const told = await town.service.told('province.chunk-due');
    expect(told.map((one) => Object.keys(one).toSorted())).toEqual(told.map(() => ['batchId', 'chunk']));
    expect(told.length).toBeGreaterThan(0);
    expect(rows[0]?.all).toContain(village);
    expect(rows[0]?.all).not.toContain('霍山石斛种植');
    expect(rows[0]?.all).not.toContain('80000.00');
  });
});
