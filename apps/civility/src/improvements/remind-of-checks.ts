import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ImprovementAlarmStore } from './improvement-alarm.store';

/**
 * 核查提醒 — the village party organisation is reminded once of each check day that passed without a check. Works through its
 * own rows, so that a lost, early or repeated ring changes nothing; the list of what is overdue needs no ring at all. 三(三) [D]
 */
@Injectable()
export class RemindOfChecks {
  async execute(tx: Tx): Promise<void> {
    const due = await new ImprovementAlarmStore(tx).takeOverdue();
    await tx.outbox.appendAll(
      'notification.requested',
      due.map(({ improvementId, version, villageCode }) => ({
        owner: 'civility' as const,
        template: 'improvement-check-overdue',
        key: `${improvementId}:${version}`,
        divisionCode: villageCode,
        subjectId: null,
        role: 'village-secretary',
        publicationId: null,
      })),
    );
    if (due.length > 0) await tx.audit.record('improvements.reminded', tx.today, { improvements: due.length });
  }
}
