import { timingSafeEqual } from 'node:crypto';
import { anonymous, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RatingStore } from '../ratings/rating.store';
import { certificateCode } from './certificate-code';

export type CertificateCheck = Readonly<{ genuine: false } | { genuine: true; certificateNo: string; subjectKind: string; grade: string; certifiedOn: string; lastDay: string; status: 'valid' | 'expired' | 'revoked' | 'superseded' }>;

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** 核验证书 — what the paper in hand says, for whoever holds its number and code; never whose it is. */
@Injectable()
export class CheckCertificate {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  async execute(certificateNo: string, code: string): Promise<CertificateCheck> {
    const number = certificateNo.trim().toUpperCase();
    if (!same(certificateCode(this.vault, number), code.trim().toUpperCase())) return { genuine: false };
    return this.work.read(anonymous, async (tx): Promise<CertificateCheck> => {
      const rating = await new RatingStore(tx).byCertificate(number);
      if (!rating?.certifiedOn || rating.lastDay === null) return { genuine: false };
      const { subjectKind, grade, certifiedOn, lastDay, state } = rating;
      const status = state === 'revoked' || state === 'superseded' ? state : tx.today > lastDay ? 'expired' : 'valid';
      return { genuine: true, certificateNo: number, subjectKind, grade, certifiedOn, lastDay, status };
    });
  }
}
