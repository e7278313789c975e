import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { DraftPublication } from './draft-publication';
import { PublicationStore } from './publication.store';

/** 申请公示 — a case that already has an open publication is left alone, however often it is asked for. */
@Injectable()
export class PublicationProcessor {
  constructor(private readonly drafts: DraftPublication) {}

  @Hears('publication.requested')
  async requested(data: EventData<'publication.requested'>, tx: Tx): Promise<void> {
    if (await new PublicationStore(tx).hasOpen(data)) return;
    await this.drafts.inside(tx, data);
  }
}
