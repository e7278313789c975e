import { archivesReads, identityReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { SlipStore } from './slip.store';
import { ObjectionContactStore } from './objection-contact.store';
import { type Slip, slipPage } from './slip-page';

const householdsPerAsk = 500;

export interface SlipRequest {
  /** What the subjects are to be told of: the notifications of a publication… */
  readonly publicationId?: string | undefined;
  /** …or those of a template under a division, such as the rating results of a village. */
  readonly template?: string | undefined;
  readonly divisionCode: string;
}

/**
 * 打印告知单 — one per subject still to be told, with the household's own code from identity. The codes stand on paper from
 * then on, so each printing is on the audit trail. 三(三)3
 */
@Injectable()
export class PrintSlips {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, request: SlipRequest): Promise<string> {
    return this.work.run(actor, async (tx) => {
      const { divisionCode, publicationId, template } = request;
      actor.require('slip.print', divisionCode);
      const open = await new SlipStore(tx).open(request);
      const labels = new Map((await this.peers.all(archivesReads.labels, { subjectIds: open.map(({ subjectId }) => subjectId) })).map((label) => [label.subjectId, label]));
      const here = open.filter(({ subjectId }) => labels.get(subjectId)?.divisionCode.startsWith(divisionCode));
      if (here.length === 0) throw new Problem('not-found', { divisionCode });
      const households = here.map(({ subjectId }) => subjectId).filter((subjectId) => labels.get(subjectId)?.subjectKind === 'household');
      const codes = await this.codes(households);
      const slips = here.map(({ subjectId, text }): Slip => {
        const label = labels.get(subjectId);
        const code = codes.get(subjectId);
        return { label: `${label?.label ?? ''}（${label?.subjectNo ?? ''}）`, text, code: code?.code ?? null, codeLastDay: code?.lastDay ?? null };
      });
      await tx.audit.record('slips.printed', publicationId ?? divisionCode, { divisionCode, template: template ?? null, slips: slips.length });
      return slipPage(slips, await new ObjectionContactStore(tx).of(divisionCode));
    });
  }

  private async codes(householdIds: readonly string[]): Promise<Map<string, { code: string; lastDay: string }>> {
    const codes = new Map<string, { code: string; lastDay: string }>();
    for (let from = 0; from < householdIds.length; from += householdsPerAsk) {
      const page = await this.peers.all(identityReads.slipCodes, { householdIds: householdIds.slice(from, from + householdsPerAsk) });
      for (const { householdId, code, lastDay } of page) codes.set(householdId, { code, lastDay });
    }
    return codes;
  }
}
