import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { SimulateVillage } from './simulate-village';

@Injectable()
export class SimulationProcessor {
  constructor(private readonly simulateVillage: SimulateVillage) {}

  @Hears('simulation.village-due')
  villageDue(data: EventData<'simulation.village-due'>, tx: Tx): Promise<void> {
    return this.simulateVillage.inside(tx, data.simulationId, data.villageCode);
  }
}
