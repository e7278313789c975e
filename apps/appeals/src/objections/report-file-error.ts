import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { FilingReceipt } from './file-objection';
import { ObjectionStore } from './objection.store';
import { receive, receivedFields } from './receiving';

const reporting = z.object({ ...receivedFields, subjectId: z.uuid() });

export type FileErrorInput = z.input<typeof reporting> & { readonly requestId: string };

/**
 * 反映档案差错 — whoever a file is about may say at any time that it is wrong; the archives correct or confirm it, and answer. One
 * at a time for each subject. 三(五)；个人信息保护法 46
 */
@Injectable()
export class ReportFileError {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, request: FileErrorInput): Promise<FilingReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.report-file-error', requestId, body }, async (tx) => {
      const input = reporting.parse(body);
      const { subjectId } = input;
      if (actor.villager && actor.villager.householdId !== subjectId) throw new Problem('objection.not-own', { applicantId: subjectId });
      const label = await this.peers.one(archivesReads.labels, { subjectIds: [subjectId] });
      if (!label) throw new Problem('input.invalid', {}, [{ path: 'subjectId', message: '没有找到这一主体的档案，请核对编号' }]);
      if (!actor.villager) actor.require('objection.file', label.divisionCode);
      const received = receive(tx, actor, input);

      const id = newId();
      const divisionCode = label.divisionCode.slice(0, 12);
      const objections = new ObjectionStore(tx);
      const seal = await this.vault.sealFor(tx, subjectId);
      const receiptNo = await objections.nextNumber('YY', divisionCode);
      await objections.insert({
        ...received,
        id,
        receiptNo,
        reconsiderationId: null,
        publicationId: null,
        publicationVersion: null,
        publicationKind: null,
        owner: 'archives',
        ownerKey: null,
        divisionCode,
        groupCode: label.divisionCode,
        subjectId,
        applicantId: subjectId,
        ground: 'file-error',
        statement: seal.seal(input.text, ['objection', id, 'statement']),
        windowLastDay: null,
        state: 'referred',
        refusal: null,
        refusedOn: null,
        admittedOn: null,
        correctionRequestedOn: tx.today,
      });
      await tx.outbox.append('correction.requested', { objectionId: id, subjectId, divisionCode: label.divisionCode, ground: 'file-error', requestedOn: tx.today });
      const { channel, receivedOn, enteredOn, scanSha256 } = received;
      await tx.audit.record('objection.referred', id, { channel, receivedOn, lateTyped: receivedOn < enteredOn, scanSha256 });
      return { objectionId: id, receiptNo, state: 'referred', refusal: null, receivedOn, windowLastDay: null, answerDueOn: null };
    });
  }
}
