import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const noting = z.object({ list: z.string().regex(/^\w{1,60}$/) });

export type NoteExportInput = z.input<typeof noting> & { readonly requestId: string };
export type ExportNoted = Readonly<{ list: string }>;

/** 登记导出 — who took a list out of the system and when; nothing is exported without this line. 个人信息保护法 51、54 */
@Injectable()
export class NoteExport {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: NoteExportInput): Promise<ExportNoted> {
    return this.work.once({ actor, operation: 'list.export', requestId, body }, async (tx) => {
      const { list } = noting.parse(body);
      await tx.audit.record('list.exported', actor.principal, { list });
      return { list };
    });
  }
}
