import { archivesReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { TestPeer } from '@credit/testing';

export const countyCode = '341525000000';
export const townCode = '341525109000';

/** 一个小村 — two groups and a few households. */
export interface Village {
  readonly code: string;
  readonly groups: readonly string[];
  readonly households: readonly { readonly householdId: string; readonly householdNo: string; readonly groupCode: string }[];
}

export function makeVillages(count: number, households: number): Village[] {
  return Array.from({ length: count }, (_, at) => {
    const code = `${townCode.slice(0, 9)}${String(201 + at)}`;
    const groups = [`${code}01`, `${code}02`];
    const members = Array.from({ length: households }, (_one, index) => {
      const groupCode = groups[index % 2] ?? '';
      return { householdId: newId(), householdNo: `H${groupCode}${String(index + 1).padStart(4, '0')}`, groupCode };
    });
    return { code, groups, households: members };
  });
}

/** The archives, as far as publicity, civility and appeals ask them; the services that do not run here have nothing to say. */
export function archivesAnswer(peer: TestPeer, villages: readonly Village[]): void {
  const divisions = villages.flatMap(({ code, groups }, at) => [
    { code, name: `第${at + 1}村委会`, level: 'village' as const, parentCode: townCode },
    ...groups.map((group, index) => ({ code: group, name: `第${index + 1}组`, level: 'group' as const, parentCode: code })),
  ]);
  const households = new Map(villages.flatMap((village) => village.households.map((one) => [one.householdId, one])));
  peer.answer(sharedReads.outbox, []);
  peer.answer(sharedReads.settle, [{ outstanding: 0, parked: 0 }]);
  peer.answer(archivesReads.divisions, ({ under }) => divisions.filter(({ code }) => code.startsWith(under)));
  peer.answer(archivesReads.households, ({ under }) => [...households.values()].filter(({ groupCode }) => groupCode.startsWith(under)).map((one) => ({ ...one, adults: 2, filed: true })));
  peer.answer(archivesReads.labels, ({ subjectIds }) =>
    subjectIds.flatMap((subjectId) => {
      const one = households.get(subjectId);
      return one ? [{ subjectId, subjectKind: 'household' as const, label: '张*明', subjectNo: one.householdNo, divisionCode: one.groupCode, mayPublishName: true }] : [];
    }),
  );
}
