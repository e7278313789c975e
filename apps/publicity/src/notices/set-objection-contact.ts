import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObjectionContactStore } from './objection-contact.store';

const contact = z.object({
  divisionCode: z.string().regex(/^\d{12}$/, '请填写 12 位行政区划代码'),
  receiver: z.string().trim().min(2, '请填写受理单位').max(60),
  address: z.string().trim().min(2, '请填写地址').max(120),
  phone: z.string().trim().regex(/^[\d-]{7,15}$/, '请填写办公电话'),
});

export type ContactInput = z.input<typeof contact> & { readonly requestId: string };

/** 登记受理异议的地址电话 — stands on every notice of the division. 三(三)3 */
@Injectable()
export class SetObjectionContact {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, request: ContactInput): Promise<{ divisionCode: string }> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notice.set-contact', requestId, body }, async (tx) => {
      const { divisionCode, ...given } = contact.parse(body);
      actor.require('notice.set-contact', divisionCode);
      await new ObjectionContactStore(tx).set(divisionCode, given);
      await tx.audit.record('notice.contact-set', divisionCode);
      return { divisionCode };
    });
  }
}
