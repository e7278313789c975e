import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, newId, purposesFor, type Receipt, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { identitySettings } from '../settings';
import { type Client, ClientStore } from './client.store';

export interface RegisterClientInput {
  readonly requestId: string;
  readonly name: string;
  readonly kind: string;
  /** 授权用途; by default all that its kind may have. */
  readonly purposes?: readonly string[] | null;
  /** The public keys as JWKS text. */
  readonly jwks: string;
}

export interface RotateClientKeysInput {
  readonly requestId: string;
  readonly clientId: string;
  readonly jwks: string;
}

const publicKey = z.looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string(), d: z.undefined().optional(), k: z.undefined().optional() });
const publicKeys = z.object({ keys: z.array(publicKey).min(1).max(5) });

/** Keys given must be public ones; a private key in a request is refused, not stored. */
export function readPublicKeys(text: string): Client['jwks'] {
  try {
    return publicKeys.parse(JSON.parse(text));
  } catch {
    throw new Problem('client.keys-invalid');
  }
}

/** 登记接入方 — a bank or the province, which then gets tokens with `private_key_jwt`. 三(七)1 */
@Injectable()
export class RegisterClient {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, input: RegisterClientInput): Promise<Receipt & { clientId: string }> {
    return this.work.once({ actor, operation: 'client.register', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('identity.client.manage', identitySettings(this.config).countyCode);
      if (input.kind !== 'bank' && input.kind !== 'province') throw new Problem('input.invalid', {}, [{ path: 'kind', message: '类别请填 bank（银行）或 province（省平台）' }]);
      const mayHave = purposesFor(this.rules, input.kind, tx.today);
      const purposes = input.purposes ?? mayHave;
      const foreign = purposes.filter((purpose) => !mayHave.includes(purpose));
      if (foreign.length > 0) throw new Problem('input.invalid', {}, [{ path: 'purposes', message: `这类接入方不能登记这些用途：${foreign.join('、')}；可登记：${mayHave.join('、') || '无'}` }]);
      const clientId = newId();
      await new ClientStore(tx).insert({ clientId, name: input.name, kind: input.kind, jwks: readPublicKeys(input.jwks), active: true, purposes });
      await tx.audit.record('client.registered', clientId, { kind: input.kind });
      return { clientId };
    });
  }
}

/** 更换接入方公钥 */
@Injectable()
export class RotateClientKeys {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, input: RotateClientKeysInput): Promise<Receipt & { clientId: string }> {
    return this.work.once({ actor, operation: 'client.rotate-keys', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('identity.client.manage', identitySettings(this.config).countyCode);
      const clients = new ClientStore(tx);
      if (!(await clients.byId(input.clientId))) throw new Problem('not-found', { clientId: input.clientId });
      await clients.setKeys(input.clientId, readPublicKeys(input.jwks));
      await tx.audit.record('client.keys-rotated', input.clientId);
      return { clientId: input.clientId };
    });
  }
}
