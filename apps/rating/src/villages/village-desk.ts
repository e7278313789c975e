import { type Tx, Vault } from '@credit/platform';
import { villageApplicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type VillageApplication, VillageApplicationStore } from './village-application.store';

type Sealed = readonly [table: 'village_application' | 'village_opinion' | 'village_change', rowId: string, column: string];

/** 信用村经办 — what several steps share: words of people are sealed, a refusal gives its reasons, the village is told. */
@Injectable()
export class VillageDesk {
  constructor(private readonly vault: Vault) {}

  async seal(tx: Tx, applicationId: string, text: string, place: Sealed): Promise<Buffer> {
    return (await this.vault.sealFor(tx, applicationId)).seal(text, place);
  }

  async open(tx: Tx, applicationId: string, sealed: Buffer | null, place: Sealed): Promise<string | null> {
    return sealed === null ? null : ((await this.vault.existing(tx, [applicationId])).get(applicationId)?.open(sealed, place) ?? null);
  }

  /** A digest of words that stands for them in a kept request. */
  digest(text: string | null | undefined): string | null {
    return text ? this.vault.hash(text, 'request') : null;
  }

  /** 退回 — the application ends with its reasons; the village may apply again at any time. */
  async refuse(tx: Tx, application: VillageApplication, step: NonNullable<VillageApplication['refusedStep']>, sentences: readonly string[]): Promise<void> {
    const { applicationId } = application;
    await new VillageApplicationStore(tx).update(applicationId, {
      state: villageApplicationMachine.next(application.state, 'refuse'),
      refusedStep: step,
      refusedBy: tx.actor.principal,
      refusedOn: tx.today,
      reasons: await this.seal(tx, applicationId, sentences.join('\n'), ['village_application', applicationId, 'reasons']),
    });
    await this.tell(tx, application, 'village-application');
    await tx.audit.record('village.refused', applicationId, { step, reasons: sentences.length });
  }

  tell(tx: Tx, { applicationId, villageCode }: VillageApplication, template: 'village-application' | 'village-change' | 'village-expiring'): Promise<void> {
    return tx.outbox.append('notification.requested', { owner: 'rating', template, key: applicationId, divisionCode: villageCode, subjectId: null, role: 'village-secretary', publicationId: null });
  }
}
