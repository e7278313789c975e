import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { checkDivision, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObservationPointStore, townPrefix } from './observation-point.store';

const day = z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate);
const naming = z.object({
  divisionCode: z.string(),
  reason: z.string().trim().min(4, '请写明设为观摩点的理由').max(500, '理由请控制在 500 字以内'),
  shows: z.string().trim().min(4, '请写明观摩什么').max(1000, '观摩内容请控制在 1000 字以内'),
  startsOn: day,
  lastDay: day,
});

export type NameObservationPointInput = z.input<typeof naming> & { readonly requestId: string };
export type ObservationPointReceipt = Readonly<{ pointId: string; lastDay: string }>;

/** 设置观摩点 — the town names a village or group whose review others may learn from, with the reason, what is shown and for how long. 三(三) */
@Injectable()
export class NameObservationPoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: NameObservationPointInput): Promise<ObservationPointReceipt> {
    return this.work.once({ actor, operation: 'observation-point.name', requestId, body }, async (tx) => {
      const { reason, shows, ...input } = naming.parse(body);
      const { divisionCode, startsOn, lastDay } = input;
      const faults = [...placeFaults(divisionCode), ...periodFaults(startsOn, lastDay, tx.today)];
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      actor.require('observation-point.write', divisionCode);

      const id = newId();
      const seal = await this.vault.sealFor(tx, id);
      const words = { reason: seal.seal(reason, ['observation_point', id, 'reason']), shows: seal.seal(shows, ['observation_point', id, 'shows']) };
      await new ObservationPointStore(tx).insert({ id, townCode: `${townPrefix(divisionCode)}000`, ...input, ...words });
      await tx.audit.record('observation-point.named', id, input);
      return { pointId: id, lastDay };
    });
  }
}

function placeFaults(divisionCode: string): InputFault[] {
  const division = checkDivision(divisionCode);
  if (!division.valid) return [{ path: 'divisionCode', message: division.message }];
  return ['village', 'group'].includes(division.level) ? [] : [{ path: 'divisionCode', message: '观摩点设在村或村民小组，请填写其代码' }];
}

function periodFaults(startsOn: PlainDate, lastDay: PlainDate, today: PlainDate): InputFault[] {
  if (lastDay < startsOn) return [{ path: 'lastDay', message: '最后一日不能早于开始之日' }];
  return lastDay < today ? [{ path: 'lastDay', message: '最后一日不能早于今天' }] : [];
}
