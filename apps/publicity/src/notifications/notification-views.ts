import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type NoticeOfSubject, type NotificationFilter, NotificationListStore, type NotificationView } from './notification-list.store';

export interface NotificationPageView {
  readonly rows: NotificationView[];
  readonly nextCursor: string | null;
}

/** 查看告知 — staff by division, holders of a post what was told to it, a household its own. */
@Injectable()
export class NotificationViews {
  constructor(private readonly work: UnitOfWork) {}

  list(actor: Actor, filter: Omit<NotificationFilter, 'scopes'>): Promise<NotificationPageView> {
    return this.work.read(actor, (tx) => new NotificationListStore(tx).list({ ...filter, scopes: actor.scopesFor('notification.read') }));
  }

  toldToMe(actor: Actor, before: string | null, limit: number): Promise<NotificationPageView> {
    return this.work.read(actor, (tx) => new NotificationListStore(tx).ofPosts(actor.posts, before, limit));
  }

  /** Null for a household that is not the reader's own or not in the reader's division. */
  ofHouseholds(actor: Actor, ids: readonly string[]): Promise<({ id: string; notices: NoticeOfSubject[] } | null)[]> {
    return this.work.read(actor, async (tx) => {
      const visible = actor.villager ? ids.filter((id) => id === actor.villager?.householdId) : ids;
      const notices = await new NotificationListStore(tx).ofSubjects(visible);
      return ids.map((id) => {
        if (!visible.includes(id)) return null;
        const own = notices.filter(({ subjectId }) => subjectId === id);
        if (actor.villager) return { id, notices: own };
        const inScope = own.filter(({ divisionCode }) => actor.may('notification.read', divisionCode));
        return inScope.length === 0 ? null : { id, notices: inScope };
      });
    });
  }
}
