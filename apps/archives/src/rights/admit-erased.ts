import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ErasedMarkStore } from './erased-mark.store';
import { ErasureStore } from './erasure.store';

export interface AdmitErasedInput {
  readonly requestId: string;
  readonly erasureId: string;
  /** 新的书面同意, scanned. */
  readonly consentSha256: string;
}

const digest = /^[0-9a-f]{64}$/;

/** 准予重新登记 — whoever was erased and now agrees in writing may be filed anew, as somebody not known before. 个人信息保护法 14 */
@Injectable()
export class AdmitErased {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: AdmitErasedInput): Promise<Receipt & { erasureId: string; admitted: number }> {
    return this.work.once({ actor, operation: 'erasure.admit', requestId, body }, async (tx) => {
      const request = await new ErasureStore(tx).lock(body.erasureId);
      actor.require('erasure.decide', request.villageCode);
      if (!digest.test(body.consentSha256)) throw new Problem('input.invalid', {}, [{ path: 'consentSha256', message: '请附新的书面同意扫描件的 SHA-256（64 位小写十六进制）' }]);
      const admitted = await new ErasedMarkStore(tx).admit(body.erasureId, body.consentSha256);
      if (admitted === 0) throw new Problem('erasure.not-erased', { erasureId: body.erasureId });
      await tx.audit.record('erasure.admitted', body.erasureId, { admitted });
      return { erasureId: body.erasureId, admitted };
    });
  }
}
