import { anonymous, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { VillageApplicationStore } from './village-application.store';
import { VillagePlaqueStore } from './village-plaque.store';
import { standingOf } from './village-standing';
import type { VillageRecognition } from './village.types';

/** 核验牌匾 — what the plaque says and how its recognition stands today, for anybody; null for a serial that was never given. 三(六) 信用村6 */
@Injectable()
export class CheckPlaque {
  constructor(private readonly work: UnitOfWork) {}

  execute(serial: string): Promise<VillageRecognition | null> {
    return this.work.read(anonymous, async (tx) => {
      const plaque = await new VillagePlaqueStore(tx).find(serial.trim().toUpperCase());
      if (!plaque) return null;
      const application = await new VillageApplicationStore(tx).get(plaque.applicationId);
      const { villageName, documentNo, lastDay } = application;
      const standing = standingOf(application, tx.today);
      const shown = plaque.recalledOn !== null ? 'recalled' : standing === 'valid' && plaque.grade !== application.grade ? 'downgraded' : (standing ?? 'expired');
      return { serial: plaque.serial, villageName, grade: plaque.grade, standing: shown, documentNo, lastDay };
    });
  }
}
