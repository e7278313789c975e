import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ProgrammeBodyStore } from './programme-body.store';

export interface DissolveProgrammeBodyInput {
  readonly requestId: string;
  readonly bodyId: string;
}

/** 撤销工作组织 — today is its last day; a further one of the kind can then be formed. 三(一) */
@Injectable()
export class DissolveProgrammeBody {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, bodyId }: DissolveProgrammeBodyInput): Promise<Readonly<{ bodyId: string; dissolvedOn: string }>> {
    return this.work.once({ actor, operation: 'programme-body.dissolve', requestId, body: { bodyId } }, async (tx) => {
      const bodies = new ProgrammeBodyStore(tx);
      const body = await bodies.lock(bodyId);
      actor.require('programme-body.keep', body.divisionCode);
      if (body.dissolvedOn !== null) throw new Problem('programme-body.dissolved', { bodyId });
      await bodies.dissolve(bodyId, tx.today);
      await tx.audit.record('programme-body.dissolved', bodyId, { kind: body.kind, divisionCode: body.divisionCode });
      return { bodyId, dissolvedOn: tx.today };
    });
  }
}
