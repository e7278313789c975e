import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type PersonalSeal, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { isPlainDate, type PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FileStore } from '../files/file.store';
import { itemHint, itemText } from '../imports/item-text';
import { itemPlace, ItemStore, type ItemValue } from '../subjects/item.store';
import { CollectionStore, type Conflict, type Outcome, type ReceivedRecord } from './collection.store';

const mostRecords = 500;
const record = z.strictObject({
  recordId: z.uuid('记录编号须为 UUID，由设备生成'),
  sequence: z.int().positive(),
  subjectId: z.uuid(),
  item: z.string().max(60),
  value: z.string().max(200),
  collectedOn: z.string().refine(isPlainDate, '采集日须形如 2022-12-01'),
  /** The version the collector saw; 0 when there was none. */
  baseVersion: z.int().min(0),
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/).optional(),
  period: z.string().max(20).optional(),
});
const batch = z.strictObject({ deviceId: z.string().regex(/^[\w-]{4,64}$/, '设备编号由字母、数字、下划线和连字符组成'), records: z.array(record).min(1).max(mostRecords, `一批最多 ${mostRecords} 条`) });

type DeviceRecord = z.output<typeof record>;

export interface RecordOutcome {
  readonly recordId: string;
  readonly outcome: Outcome;
  readonly version: number | null;
  readonly message: string | null;
}

/** What is known of the subjects of a batch while it is worked through. */
interface Ground {
  readonly actor: Actor;
  readonly collectorId: string;
  readonly today: PlainDate;
  readonly subjects: Awaited<ReturnType<CollectionStore['lockSubjects']>>;
  readonly seals: ReadonlyMap<string, PersonalSeal>;
  readonly current: Map<string, ItemValue>;
}

/**
 * 接收离线采集 — records of a device, in its own order; what was received before gets its first outcome again. A value that
 * somebody else changed since the collector saw it is not overwritten: both are shown to whoever decides. 三(四)
 */
@Injectable()
export class ReceiveBatch {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, body: unknown): Promise<{ results: readonly RecordOutcome[] }> {
    const { deviceId, records } = batch.parse(body);
    return this.work.run(actor, async (tx) => {
      const store = new CollectionStore(tx);
      const subjectIds = [...new Set(records.map(({ subjectId }) => subjectId))];
      const subjects = await store.lockSubjects(subjectIds);
      const known = await store.known(records.map(({ recordId }) => recordId));
      const contentOf = (one: DeviceRecord): string => this.vault.hash(JSON.stringify(one), 'collection-record');
      requireUnchanged(records, known, contentOf);
      const fresh = records.filter(({ recordId }, index) => !known.has(recordId) && records.findIndex((one) => one.recordId === recordId) === index).toSorted((a, b) => a.sequence - b.sequence);
      const ground: Ground = {
        actor,
        collectorId: actor.accountId ?? '',
        today: tx.today,
        subjects,
        seals: await this.vault.sealsFor(tx, [...subjects.keys()]),
        current: new Map((await new ItemStore(tx).currentOf(subjectIds)).map((value) => [`${value.subjectId} ${value.item}`, value])),
      };
      const received = await this.receive(tx, fresh, ground, (one, outcome) => ({ ...outcome, deviceId, sequence: one.sequence, contentHash: contentOf(one), subjectId: one.subjectId, item: one.item }));
      if (fresh.length > 0) await tx.audit.record('collection.received', deviceId, { records: fresh.length, repeated: records.length - fresh.length });
      const all = new Map([...known, ...received.map((one) => [one.recordId, one] as const)]);
      return { results: records.flatMap(({ recordId }) => all.get(recordId) ?? []).map(({ recordId, outcome, version, message }) => ({ recordId, outcome, version, message })) };
    });
  }

  private async receive(tx: Tx, records: readonly DeviceRecord[], ground: Ground, keep: (one: DeviceRecord, outcome: RecordOutcome) => ReceivedRecord): Promise<ReceivedRecord[]> {
    const [values, conflicts, received]: [ItemValue[], Omit<Conflict, 'resolution'>[], ReceivedRecord[]] = [[], [], []];
    for (const one of records) received.push(keep(one, this.judge(one, ground, values, conflicts)));
    await new ItemStore(tx).insertAll(values);
    const store = new CollectionStore(tx);
    await store.insertRecords(received);
    await store.insertConflicts(conflicts);
    const changed = [...new Set(values.map(({ subjectId }) => subjectId))];
    await new FileStore(tx).collected(changed.map((subjectId) => ({ fileId: newId(), subjectId })), ground.collectorId);
    return received;
  }

  private judge(one: DeviceRecord, ground: Ground, values: ItemValue[], conflicts: Omit<Conflict, 'resolution'>[]): RecordOutcome {
    const { recordId, subjectId, item } = one;
    const refuse = (message: string): RecordOutcome => ({ recordId, outcome: 'refused', version: null, message });
    const subject = ground.subjects.get(subjectId);
    const seal = ground.seals.get(subjectId);
    if (!subject || !seal || !ground.actor.may('collection.send', subject.groupCode)) return refuse('没有这个主体，或不在您的采集范围内');
    const rule = this.rules.items[subject.kind][item];
    if (!rule) return refuse(`没有“${item}”这个数据项`);
    const text = itemText(rule, one.value.trim());
    if (text === null) return refuse(`“${rule.zh}”${itemHint(rule)}`);
    if (one.collectedOn > ground.today) return refuse('采集日不能晚于今天');

    const key = `${subjectId} ${item}`;
    const before = ground.current.get(key);
    const valueHash = this.vault.hash(text, `item ${subjectId} ${item}`);
    if (before?.valueHash === valueHash) return { recordId, outcome: 'same', version: before.version, message: null };
    const value = seal.seal(text, itemPlace(subjectId, item));
    const collectedOn = one.collectedOn as PlainDate;
    if (before && one.baseVersion < before.version && before.collectedBy !== ground.collectorId) {
      conflicts.push({ recordId, subjectId, villageCode: subject.villageCode, item, presentVersion: before.version, value, collectedBy: ground.collectorId, collectedOn });
      return { recordId, outcome: 'conflict', version: before.version, message: '他人在此期间登记了不同的内容，由村里核定' };
    }
    const stored: ItemValue = { subjectId, item, version: (before?.version ?? 0) + 1, value, valueHash, source: '入户采集', collectedBy: ground.collectorId, collectedOn, evidenceSha256: one.evidenceSha256 ?? null, period: one.period ?? null };
    ground.current.set(key, stored);
    values.push(stored);
    return { recordId, outcome: 'stored', version: stored.version, message: null };
  }
}

/** A record sent again must be the same record. */
function requireUnchanged(records: readonly DeviceRecord[], known: ReadonlyMap<string, ReceivedRecord>, contentOf: (one: DeviceRecord) => string): void {
  const faults = records.flatMap((one, index): InputFault[] => {
    const before = known.get(one.recordId);
    return before && before.contentHash !== contentOf(one) ? [{ path: `records.${index}.recordId`, message: '这个编号的记录此前收到过，内容不同；新的内容请用新的编号' }] : [];
  });
  if (faults.length > 0) throw new Problem('collection.record-changed', {}, faults);
}
