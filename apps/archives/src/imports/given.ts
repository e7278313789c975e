import type { SubjectKind } from '@credit/contracts';
import type { ReadMember, VillageData } from './village-data';

/** 采集表中的一个主体 — with all that the workbook says about it. */
export interface Given {
  readonly kind: SubjectKind;
  readonly no: string;
  readonly groupCode: string;
  readonly registeredName: string | null;
  readonly address: string | null;
  readonly items: Readonly<Record<string, string>>;
  readonly members: readonly ReadMember[];
}

const perBatch = 200;

/** Every subject of a village, a batch at a time: a large village needs little more memory than a small one. */
export function* batchesOf(villageCode: string, { households, entities, collectives }: VillageData): Generator<readonly Given[]> {
  let batch: Given[] = [];
  for (const given of everySubject(villageCode, { households, entities, collectives })) {
    batch.push(given);
    if (batch.length < perBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function* everySubject(villageCode: string, { households, entities, collectives }: Omit<VillageData, 'groups'>): Generator<Given> {
  for (const { householdNo, groupCode, address, items, members } of households) yield { kind: 'household', no: householdNo, groupCode, registeredName: null, address, items, members };
  for (const { name, creditCode, items } of entities) yield { kind: 'entity', no: creditCode, groupCode: villageCode, registeredName: name, address: null, items, members: [] };
  for (const { name, creditCode, items } of collectives) yield { kind: 'collective', no: creditCode, groupCode: villageCode, registeredName: name, address: null, items, members: [] };
}
