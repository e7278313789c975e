import { type EventData, Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import { NoticeRules } from '../rules/notice-rules';
import { fill } from '../rules/placeholders';
import { CreateNotifications } from './create-notifications';

/** 申请的告知 — a subject, or the holders of a role in a division, are told by template. */
@Injectable()
export class NotifyRequested {
  constructor(
    private readonly rules: NoticeRules,
    private readonly create: CreateNotifications,
  ) {}

  async execute(tx: Tx, wanted: EventData<'notification.requested'>): Promise<void> {
    const { owner, template, key, divisionCode, subjectId, publicationId } = wanted;
    const role = subjectId === null ? wanted.role : null;
    if (subjectId === null && role === null) throw new Problem('input.invalid', { template, key }, [{ path: 'subjectId', message: '告知须指明主体或任职角色' }]);
    const publication = publicationId === null ? null : await new PublicationListStore(tx).find(publicationId);
    const text = fill(this.rules.messageOn(template, tx.today).text, {
      title: publication?.title ?? null,
      postedOn: publication?.postedOn ?? null,
      lastDay: publication?.lastDay ?? null,
      objectionLastDay: publication?.objectionLastDay ?? null,
      createdOn: tx.today,
    });
    await this.create.execute(tx, [{ owner, template, key, divisionCode, groupCode: null, publicationId: publication?.id ?? null, subjectId, role, text }]);
  }
}
