import { type Actor, type Tx, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { NoticeRules } from '../rules/notice-rules';
import { type NoticeOfSubject, type NotificationFilter, NotificationListStore, type NotificationView, type Tried } from './notification-list.store';

export interface NotificationWithTries extends NotificationView {
  readonly tried: (Tried & { readonly channelName: string })[];
}

export interface NotificationPageView {
  readonly rows: NotificationWithTries[];
  readonly nextCursor: string | null;
}

/** 查看告知 — staff by division, holders of a post what was told to it, a household its own. */
@Injectable()
export class NotificationViews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
  ) {}

  list(actor: Actor, filter: Omit<NotificationFilter, 'scopes'>): Promise<NotificationPageView> {
    return this.work.read(actor, async (tx) => this.withTries(tx, await new NotificationListStore(tx).list({ ...filter, scopes: actor.scopesFor('notification.read') })));
  }

  toldToMe(actor: Actor, before: string | null, limit: number): Promise<NotificationPageView> {
    return this.work.read(actor, async (tx) => this.withTries(tx, await new NotificationListStore(tx).ofPosts(actor.posts, before, limit)));
  }

  private async withTries(tx: Tx, { rows, nextCursor }: { rows: NotificationView[]; nextCursor: string | null }): Promise<NotificationPageView> {
    const tried = await new NotificationListStore(tx).triedOf(rows.map(({ id }) => id));
    const of = (id: string): NotificationWithTries['tried'] =>
      tried.filter(({ notificationId }) => notificationId === id).map((one) => ({ ...one, channelName: this.rules.channelName(one.channel) }));
    return { rows: rows.map((row) => ({ ...row, tried: of(row.id) })), nextCursor };
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
