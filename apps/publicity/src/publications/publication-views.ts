import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork } from '@credit/platform';
import { type PublicationCommand, publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { NotificationListStore } from '../notifications/notification-list.store';
import { type EntryView, type PublicationFilter, PublicationListStore } from './publication-list.store';
import type { PlaceRow, Publication } from './publication.row';
import { isOver, stateOn } from './standing';

export interface PublicationView extends Omit<Publication, 'facts' | 'lines' | 'templateVersion' | 'daysAsked'> {
  readonly isOver: boolean;
  readonly places: PlaceRow[];
  readonly telling: { readonly open: number; readonly told: number; readonly notDeliverable: number };
  readonly moves: PublicationCommand[];
}

/** 查看公示 — what staff of a division see; the state shown is that of today. */
@Injectable()
export class PublicationViews {
  constructor(private readonly work: UnitOfWork) {}

  list(actor: Actor, filter: Omit<PublicationFilter, 'scopes'>): Promise<{ rows: PublicationView[]; nextCursor: string | null }> {
    return this.work.read(actor, async (tx) => {
      const page = await new PublicationListStore(tx).list({ ...filter, scopes: actor.scopesFor('publication.read') });
      return { rows: await this.views(tx, page.rows), nextCursor: page.nextCursor };
    });
  }

  one(actor: Actor, id: string): Promise<PublicationView> {
    return this.work.read(actor, async (tx) => {
      const [view] = await this.views(tx, [await this.visible(tx, actor, id)]);
      if (!view) throw new Problem('not-found', { publicationId: id });
      return view;
    });
  }

  entries(actor: Actor, publicationId: string, after: number, limit: number): Promise<{ rows: EntryView[]; nextCursor: string | null }> {
    return this.work.read(actor, async (tx) => {
      await this.visible(tx, actor, publicationId);
      return new PublicationListStore(tx).entryPage(publicationId, after, limit);
    });
  }

  private async visible(tx: Tx, actor: Actor, id: string): Promise<Publication> {
    const row = await new PublicationListStore(tx).find(id);
    if (!row) throw new Problem('not-found', { publicationId: id });
    actor.require('publication.read', row.divisionCode);
    return row;
  }

  private async views(tx: Tx, rows: readonly Publication[]): Promise<PublicationView[]> {
    const ids = rows.map(({ id }) => id);
    const places = await new PublicationListStore(tx).placesOf(ids);
    const figures = new Map((await new NotificationListStore(tx).figures(ids)).map((one) => [one.publicationId, one]));
    return rows.map((row) => {
      const state = stateOn(row, tx.today);
      return {
        ...row,
        state,
        isOver: isOver(row, tx.today),
        places: places.filter(({ publicationId }) => publicationId === row.id),
        telling: figures.get(row.id) ?? { open: 0, told: 0, notDeliverable: 0 },
        moves: publicationMachine.moves(state).filter((move) => move !== 'elapse'),
      };
    });
  }
}
