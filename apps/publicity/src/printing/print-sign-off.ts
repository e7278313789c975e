import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import { GatherTelling } from './gather-telling';
import type { SlipRequest } from './print-slips';
import { type SignOffSheet, signOffSheets } from './sign-off';

/** 打印签收表 — everybody of a division who is or was to be told, one sheet per villager group, also after the publication has ended. 三(三)3 [D] */
@Injectable()
export class PrintSignOff {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly gather: GatherTelling,
  ) {}

  execute(actor: Actor, request: SlipRequest): Promise<{ sheets: SignOffSheet[]; madeOn: PlainDate }> {
    return this.work.read(actor, async (tx) => {
      const { divisionCode, publicationId, template } = request;
      actor.require('notice.print', divisionCode);
      if ((publicationId === undefined) === (template === undefined)) throw new Problem('input.invalid', {}, [{ path: 'publicationId', message: '请填写公示编号或告知用语其中之一' }]);
      const publication = publicationId === undefined ? null : await new PublicationListStore(tx).find(publicationId);
      const toTell = await this.gather.execute(tx, { ...request, openOnly: false });
      if (toTell.length === 0) throw new Problem('not-found', { divisionCode });
      const divisions = await this.peers.all(archivesReads.divisions, { under: divisionCode });
      return { sheets: signOffSheets({ about: publication, toTell, groupNames: new Map(divisions.map(({ code, name }) => [code, name])) }), madeOn: tx.today };
    });
  }
}
