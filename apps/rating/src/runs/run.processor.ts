import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RateVillage } from './rate-village';

@Injectable()
export class RunProcessor {
  constructor(private readonly rateVillage: RateVillage) {}

  @Hears('run.village-due')
  villageDue(data: EventData<'run.village-due'>, tx: Tx): Promise<void> {
    return this.rateVillage.inside(tx, data.runId, data.villageCode);
  }
}
