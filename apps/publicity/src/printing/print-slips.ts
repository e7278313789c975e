import { archivesReads, identityReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, type Tx, UnitOfWork } from '@credit/platform';
import { plainDate, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { ObjectionContactStore } from '../notices/objection-contact.store';
import { PublicationListStore } from '../publications/publication-list.store';
import { GatherTelling } from './gather-telling';
import { type SlipsDocument, slipsDocument, type ToldPublication } from './slips';
import type { TellingRequest } from './telling.store';

const householdsPerAsk = 500;

export type SlipRequest = Omit<TellingRequest, 'openOnly'>;

/**
 * 打印告知单 — one per subject still to be told, with the household's own code from identity. The codes stand on paper from
 * then on, so each printing is on the audit trail. 三(三)3
 */
@Injectable()
export class PrintSlips {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly gather: GatherTelling,
  ) {}

  execute(actor: Actor, request: SlipRequest): Promise<SlipsDocument> {
    return this.work.run(actor, async (tx) => {
      const { divisionCode, publicationId, template } = request;
      actor.require('slip.print', divisionCode);
      const toTell = await this.gather.execute(tx, { ...request, openOnly: true });
      if (toTell.length === 0) throw new Problem('not-found', { divisionCode });
      const codes = await this.codes(toTell.filter(({ subjectKind }) => subjectKind === 'household').map(({ subjectId }) => subjectId));
      await tx.audit.record('slips.printed', publicationId ?? divisionCode, { divisionCode, template: template ?? null, slips: toTell.length });
      const divisions = await this.peers.all(archivesReads.divisions, { under: divisionCode });
      return slipsDocument({
        toTell,
        codes,
        groupNames: new Map(divisions.map(({ code, name }) => [code, name])),
        contact: await new ObjectionContactStore(tx).of(divisionCode),
        publication: publicationId === undefined ? null : await this.publication(tx, publicationId),
        issuer: divisions.find(({ code }) => code === divisionCode)?.name ?? divisionCode,
        madeOn: tx.today,
      });
    });
  }

  private async publication(tx: Tx, publicationId: string): Promise<ToldPublication | null> {
    const lists = new PublicationListStore(tx);
    const found = await lists.find(publicationId);
    if (!found) return null;
    const { number, lastDay, objectionLastDay } = found;
    const places = await lists.placesOf([publicationId]);
    const named = places.filter(({ kind }) => kind !== 'group').map(({ name }) => name);
    return { number, where: [...named, ...(places.some(({ kind }) => kind === 'group') ? ['各村民组'] : [])].join('、'), lastDay, objectionLastDay };
  }

  private async codes(householdIds: readonly string[]): Promise<Map<string, { code: string; lastDay: PlainDate }>> {
    const codes = new Map<string, { code: string; lastDay: PlainDate }>();
    for (let from = 0; from < householdIds.length; from += householdsPerAsk) {
      const page = await this.peers.all(identityReads.slipCodes, { householdIds: householdIds.slice(from, from + householdsPerAsk) });
      for (const { householdId, code, lastDay } of page) codes.set(householdId, { code, lastDay: plainDate(lastDay) });
    }
    return codes;
  }
}
