import { RULES, type Rules } from '@credit/platform';
import { NaturalDayWindow, objectionWindowOf, type PlainDate, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { NoticeRules } from '../rules/notice-rules';
import type { Publication } from './publication.row';

export interface PublicationDays {
  readonly postedOn: PlainDate;
  readonly lastDay: PlainDate;
  readonly objectionLastDay: PlainDate | null;
}

/** 公示期与异议期 — the days of a publication by the terms in force. 三(三)1、三(三)3、三(六) */
@Injectable()
export class PublicationTerm {
  constructor(
    @Inject(RULES) private readonly rules: Rules,
    private readonly notices: NoticeRules,
  ) {}

  /** Problems `term.too-short` and `term.fixed` when other days are asked for than the rule allows. */
  postedOn(publication: Pick<Publication, 'kind' | 'templateVersion' | 'daysAsked'>, postedOn: PlainDate): PublicationDays {
    const { daysAsked } = publication;
    const window = windowOf(this.rules.terms, publication.kind, postedOn, { calendar: this.rules.calendar, ...(daysAsked === null ? {} : { days: daysAsked }) });
    return this.days(publication, window);
  }

  extended(publication: Pick<Publication, 'kind' | 'templateVersion'> & { readonly postedOn: PlainDate; readonly lastDay: PlainDate }, missedDays: number): PublicationDays {
    return this.days(publication, NaturalDayWindow.until(publication.postedOn, publication.lastDay).extendedBy(missedDays));
  }

  private days(publication: Pick<Publication, 'kind' | 'templateVersion'>, { openedOn, lastDay }: NaturalDayWindow): PublicationDays {
    return { postedOn: openedOn, lastDay, objectionLastDay: this.objectionLastDay(publication, lastDay) };
  }

  private objectionLastDay(publication: Pick<Publication, 'kind' | 'templateVersion'>, lastDay: PlainDate): PlainDate | null {
    const { objection } = this.notices.notice(publication.kind, publication.templateVersion);
    switch (objection) {
      case 'window':
        return objectionWindowOf(this.rules.terms, lastDay, { calendar: this.rules.calendar }).lastDay;
      case 'until-last-day':
        return lastDay;
      case 'none':
        return null;
    }
  }
}
