import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import type { PublicationDays } from '../publications/publication-term';
import type { Publication } from '../publications/publication.row';
import { NoticeRules } from '../rules/notice-rules';
import { fill } from '../rules/placeholders';
import { CreateNotifications } from './create-notifications';

/** 告知每户 — everybody listed is told when the publication is posted, where the rule of its kind says so. 三(三)3 */
@Injectable()
export class TellSubjects {
  constructor(
    private readonly rules: NoticeRules,
    private readonly create: CreateNotifications,
  ) {}

  async execute(tx: Tx, publication: Publication & PublicationDays): Promise<void> {
    const { tell } = this.rules.notice(publication.kind, publication.templateVersion);
    if (tell === undefined) return;
    const { id: publicationId, owner, key, divisionCode, title, postedOn, lastDay, objectionLastDay } = publication;
    const text = fill(this.rules.messageOn(tell, tx.today).text, { title, postedOn, lastDay, objectionLastDay, createdOn: tx.today });
    const entries = await new PublicationListStore(tx).entries(publicationId);
    await this.create.execute(
      tx,
      entries.map(({ subjectId, groupCode }) => ({ owner, template: tell, key, divisionCode, groupCode, publicationId, subjectId, role: null, text })),
    );
  }
}
