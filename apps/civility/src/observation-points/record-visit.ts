import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { checkDivision, isWithin, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type ObservationPoint, ObservationPointStore } from './observation-point.store';

const visiting = z.object({
  pointId: z.uuid(),
  visitedOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  villageCodes: z.array(z.string()).min(1, '请填写前来观摩的村').max(100).refine((codes) => new Set(codes).size === codes.length, '同一个村只填一次'),
  people: z.int().min(1, '观摩人数至少 1 人').max(10_000, '请核对观摩人数'),
  notes: z.string().trim().max(2000, '记录请控制在 2000 字以内').nullish(),
});

export type RecordVisitInput = z.input<typeof visiting> & { readonly requestId: string };
export type VisitReceipt = Readonly<{ pointId: string; visitId: string }>;

/** 登记观摩 — who came, when and how many; also afterwards, for a day on which the point was one. 三(三) */
@Injectable()
export class RecordVisit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordVisitInput): Promise<VisitReceipt> {
    return this.work.once({ actor, operation: 'observation-point.record-visit', requestId, body }, async (tx) => {
      const { pointId, notes, ...visit } = visiting.parse(body);
      const points = new ObservationPointStore(tx);
      const point = await points.lock(pointId);
      actor.require('observation-point.write', point.divisionCode);
      const faults = [...dayFaults(point, visit.visitedOn, tx.today), ...visit.villageCodes.flatMap((code, index) => visitorFaults(point, code, index))];
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const id = newId();
      const sealed = notes ? (await this.vault.sealFor(tx, pointId)).seal(notes, ['observation_visit', id, 'notes']) : null;
      await points.addVisit({ id, pointId, ...visit, notes: sealed });
      await tx.audit.record('observation-point.visited', pointId, { visitId: id, ...visit });
      return { pointId, visitId: id };
    });
  }
}

function dayFaults({ startsOn, lastDay, endedOn }: ObservationPoint, visitedOn: PlainDate, today: PlainDate): InputFault[] {
  const last = endedOn !== null && endedOn < lastDay ? endedOn : lastDay;
  if (visitedOn > today) return [{ path: 'visitedOn', message: '观摩日期不能晚于今天，请核对' }];
  return startsOn <= visitedOn && visitedOn <= last ? [] : [{ path: 'visitedOn', message: `观摩点自 ${startsOn} 起至 ${last} 止，请核对观摩日期` }];
}

function visitorFaults({ divisionCode }: ObservationPoint, code: string, index: number): InputFault[] {
  const division = checkDivision(code);
  if (!division.valid || division.level !== 'village') return [{ path: `villageCodes.${index}`, message: '请填写村的 12 位代码' }];
  return isWithin(code, divisionCode) ? [{ path: `villageCodes.${index}`, message: '观摩点所在的村不作为观摩的村' }] : [];
}
