import { systemActor, UnitOfWork } from '@credit/platform';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { ClientStore } from '../clients/client.store';
import { registeredPurposes } from './client-scopes';
import { OidcStore } from './oidc.store';

/** The provider's storage: PostgreSQL for all it keeps, the register of clients for banks and the province. */
export function oidcAdapter(work: UnitOfWork): new (model: string) => Adapter {
  const inside = <T>(use: (store: OidcStore) => Promise<T>): Promise<T> => work.run(systemActor(), (tx) => use(new OidcStore(tx)));

  return class implements Adapter {
    constructor(private readonly model: string) {}

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      await inside((store) => store.upsert(this.model, id, payload as Record<string, unknown>, expiresIn));
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      if (this.model === 'Client') return clientMetadata(work, id);
      return (await inside((store) => store.find(this.model, 'id', id))) as AdapterPayload | undefined;
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return (await inside((store) => store.find(this.model, 'uid', uid))) as AdapterPayload | undefined;
    }

    findByUserCode(): Promise<undefined> {
      return Promise.resolve(undefined);
    }

    async consume(id: string): Promise<void> {
      await inside((store) => store.consume(this.model, id));
    }

    async destroy(id: string): Promise<void> {
      await inside((store) => store.destroy(this.model, id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      await inside((store) => store.revokeGrant(grantId));
    }
  };
}

async function clientMetadata(work: UnitOfWork, id: string): Promise<AdapterPayload | undefined> {
  const client = await work.read(systemActor(), (tx) => new ClientStore(tx).byId(id));
  if (!client?.active) return undefined;
  return {
    client_id: client.clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: client.jwks,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    [registeredPurposes]: client.purposes,
  } as AdapterPayload;
}
