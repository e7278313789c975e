import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type PersonalSeal, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CollectionStore } from '../../collection/collection.store';
import { ConsentStore } from '../../consents/consent.store';
import { DivisionStore } from '../../divisions/division.store';
import { FileStore } from '../../files/file.store';
import { choices, programmeRules } from '../../programme/programme-rules';
import { itemPlace, ItemStore, type ItemValue } from '../../subjects/item.store';
import { SubjectStore } from '../../subjects/subject.store';
import { type ReadRow, readKnownRows } from './known-rows';
import { KnownStore, type NewDifference } from './known.store';

const mostRows = 5_000;
const mostFaults = 200;

const loading = z.object({
  villageCode: z.string(),
  source: z.string(),
  dataOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  rows: z.array(z.object({ subjectNo: z.string().max(40), item: z.string().max(60), value: z.string().max(200) })).min(1).max(mostRows, `一次至多 ${mostRows} 行，请分批导入`),
});

type Loading = z.output<typeof loading>;
export type LoadKnownInput = z.input<typeof loading> & { readonly requestId: string };
export type LoadKnownReceipt = Readonly<{ loadId: string; loaded: number; same: number; differing: number; withheld: number }>;

/** What became of the rows. */
interface Sorted {
  readonly values: ItemValue[];
  readonly differences: NewDifference[];
  readonly same: { subjectId: string; item: string }[];
  withheld: number;
  differing: number;
}

/**
 * 先导入后采集 — what the province or a bank knows already is loaded and need not be asked at the door. What somebody collected
 * is never overwritten: a differing value is offered to the village; only an unverified value of an earlier delivery of the same
 * source gives way to a later one. Values that need an adult's written consent are withheld until all have given it. All or nothing. 四(三)
 */
@Injectable()
export class LoadKnown {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, rows, ...body }: LoadKnownInput): Promise<LoadKnownReceipt> {
    return this.work.once({ actor, operation: 'known.load', requestId, body: { ...body, rows: this.vault.hash(JSON.stringify(rows), 'request') } }, async (tx) => {
      const input = loading.parse({ ...body, rows });
      actor.require('known.load', input.villageCode);
      const read = await this.read(tx, input);
      const loadId = newId();
      const { values, differences, same, withheld, differing } = await this.sort(tx, input, loadId, actor.accountId ?? '', read);

      const known = new KnownStore(tx);
      const counts = { loaded: values.length, same: same.length, differing, withheld };
      await known.insertLoad({ loadId, villageCode: input.villageCode, source: input.source, dataOn: input.dataOn, ...counts });
      await new ItemStore(tx).insertAll(values);
      await known.mark(loadId, values.map(({ subjectId, item, version }) => ({ subjectId, item, version })));
      await known.supersede(input.source, [...values, ...same, ...differences].map(({ subjectId, item }) => ({ subjectId, item })));
      await known.offer(differences);
      await new FileStore(tx).collected([...new Set(values.map(({ subjectId }) => subjectId))].map((subjectId) => ({ fileId: newId(), subjectId })), actor.accountId ?? '');
      await tx.audit.record('known.loaded', loadId, { villageCode: input.villageCode, source: input.source, dataOn: input.dataOn, ...counts });
      return { loadId, ...counts };
    });
  }

  private async read(tx: Tx, input: Loading): Promise<ReadRow[]> {
    const sources = programmeRules(tx.today).knownSources;
    const head: InputFault[] = [];
    if ((await new DivisionStore(tx).byCode(input.villageCode))?.level !== 'village') head.push({ path: 'villageCode', message: '请填写 12 位的行政村代码' });
    if (!Object.hasOwn(sources, input.source)) head.push({ path: 'source', message: `来源请填：${choices(sources)}` });
    if (input.dataOn > tx.today) head.push({ path: 'dataOn', message: '数据日期不能晚于今天' });
    const found = await new SubjectStore(tx).byNumbers([...new Set(input.rows.map(({ subjectNo }) => subjectNo))]);
    const own = new Map([...found].filter(([, subject]) => subject.villageCode === input.villageCode));
    const { read, faults } = readKnownRows(input.rows, own, this.rules);
    if (head.length + faults.length > 0) throw new Problem('input.invalid', { faults: head.length + faults.length }, [...head, ...faults].slice(0, mostFaults));
    return read;
  }

  private async sort(tx: Tx, { villageCode, source, dataOn }: Loading, loadId: string, loaderId: string, read: readonly ReadRow[]): Promise<Sorted> {
    const subjectIds = [...new Set(read.map(({ subject }) => subject.subjectId))];
    const locked = await new CollectionStore(tx).lockSubjects(subjectIds);
    if (locked.size !== subjectIds.length) throw new Problem('not-found', { asked: subjectIds.length, found: locked.size });
    const seals = await this.vault.sealsFor(tx, subjectIds);
    const consents = await new ConsentStore(tx).complete(subjectIds);
    const verified = new Set((await new FileStore(tx).bySubjects(subjectIds)).filter(({ state }) => state === 'verified').map(({ subjectId }) => subjectId));
    const current = new Map((await new ItemStore(tx).currentOf(subjectIds)).map((value) => [`${value.subjectId} ${value.item}`, value]));
    const known = new KnownStore(tx);
    const brought = new Set((await known.broughtBy(source, subjectIds)).map(({ subjectId, item, version }) => `${subjectId} ${item} ${version}`));
    const offered = await this.offered(known, source, subjectIds, seals);
    const sourceName = programmeRules(tx.today).knownSources[source] ?? source;

    const sorted: Sorted = { values: [], differences: [], same: [], withheld: 0, differing: 0 };
    for (const { subject, item, text } of read) {
      const { subjectId } = subject;
      const key = `${subjectId} ${item}`;
      const consent = this.rules.items[subject.kind][item]?.consent ?? 'none';
      const before = current.get(key);
      const valueHash = this.vault.hash(text, `item ${subjectId} ${item}`);
      const value = seals.get(subjectId)!.seal(text, itemPlace(subjectId, item));
      const ownEarlier = before !== undefined && brought.has(`${key} ${before.version}`) && !verified.has(subjectId) && before.collectedOn <= dataOn;
      if (consent !== 'none' && !consents.get(subjectId)?.has(consent)) sorted.withheld += 1;
      else if (before?.valueHash === valueHash) sorted.same.push({ subjectId, item });
      else if (before === undefined || ownEarlier) {
        sorted.values.push({ subjectId, item, version: (before?.version ?? 0) + 1, value, valueHash, source: sourceName, collectedBy: loaderId, collectedOn: dataOn, evidenceSha256: null, period: null });
      } else {
        sorted.differing += 1;
        if (offered.get(key) !== text) sorted.differences.push({ differenceId: newId(), loadId, subjectId, villageCode, item, source, value });
      }
    }
    return sorted;
  }

  /** What waits for a decision already; the same again is not offered twice. */
  private async offered(known: KnownStore, source: string, subjectIds: readonly string[], seals: ReadonlyMap<string, PersonalSeal>): Promise<Map<string, string | undefined>> {
    const open = await known.openOf(source, subjectIds);
    return new Map(open.map(({ subjectId, item, value }) => [`${subjectId} ${item}`, seals.get(subjectId)?.open(value, itemPlace(subjectId, item))]));
  }
}
