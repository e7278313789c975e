import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type Config, CONFIG } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AnswerSigner, canonicalText } from '../signing/answer-signer';
import type { Manifest } from './province-manifest';

/** EdDSA: a compact JWS with the key of `/v1/jwks.json`. SM2-SM3: base64url of the DER signature over the canonical manifest, signer's id empty. */
export interface ManifestSignature {
  readonly algorithm: 'EdDSA' | 'SM2-SM3';
  readonly value: string;
}

/** 清单签名 — the county's signature under a batch: with its SM2 key where the deployment gives one, else with the key that signs answers to banks. */
@Injectable()
export class ManifestSigner {
  private readonly sm2: KeyObject | undefined;

  constructor(
    private readonly signer: AnswerSigner,
    @Inject(CONFIG) config: Config,
  ) {
    this.sm2 = config.PROVINCE_SM2_KEY === undefined ? undefined : createPrivateKey(config.PROVINCE_SM2_KEY);
  }

  async sign(manifest: Manifest): Promise<ManifestSignature> {
    if (!this.sm2) return { algorithm: 'EdDSA', value: await this.signer.sign(manifest) };
    return { algorithm: 'SM2-SM3', value: sign('sm3', Buffer.from(canonicalText(manifest)), this.sm2).toString('base64url') };
  }
}
