import { type AskOf, identityReads, type RowOf } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ClientStore } from './client.store';

@Injectable()
export class ClientReads {
  constructor(private readonly work: UnitOfWork) {}

  @Answers(identityReads.clients)
  clients({ clientIds }: AskOf<typeof identityReads.clients>): Promise<RowOf<typeof identityReads.clients>[]> {
    return this.work.read(systemActor(), async (tx) => (await new ClientStore(tx).byIds(clientIds)).map(({ clientId, kind, purposes, active }) => ({ clientId, kind, purposes: [...purposes], active })));
  }
}
