import { Problem } from '@credit/contracts';
import { type Actor, type Place, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { type PublicationCommand, publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type Broadcast, BroadcastStore } from '../notifications/broadcast.store';
import { NotificationListStore } from '../notifications/notification-list.store';
import { type Interruption, InterruptionStore } from './interruption.store';
import { type EntryView, type PublicationFilter, PublicationListStore } from './publication-list.store';
import type { PlaceRow, Publication } from './publication.row';
import { isOver, stateOn } from './standing';

export type PlaceView = Pick<PlaceRow, 'id' | 'kind' | 'divisionCode' | 'name' | 'postedOn' | 'photoSha256'> & { readonly posterName: string | null };
export type InterruptionView = Omit<Interruption, 'note'> & { readonly note: string | null };

export interface PublicationView extends Omit<Publication, 'facts' | 'lines' | 'templateVersion' | 'daysAsked'> {
  readonly isOver: boolean;
  readonly places: PlaceView[];
  readonly interruptions: InterruptionView[];
  readonly broadcasts: Omit<Broadcast, 'recordedBy'>[];
  readonly telling: { readonly open: number; readonly told: number; readonly notDeliverable: number };
  readonly moves: PublicationCommand[];
}

/** 查看公示 — what staff of a division see; the state shown is that of today. */
@Injectable()
export class PublicationViews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

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
      return this.named(tx, view);
    });
  }

  entries(actor: Actor, publicationId: string, after: number, limit: number): Promise<{ rows: EntryView[]; nextCursor: string | null }> {
    return this.work.read(actor, async (tx) => {
      const publication = await this.visible(tx, actor, publicationId);
      const over = isOver(publication, tx.today);
      const page = await new PublicationListStore(tx).entryPage(publicationId, after, limit);
      return over ? { ...page, rows: page.rows.map((row) => ({ ...row, label: null, result: null })) } : page;
    });
  }

  private async visible(tx: Tx, actor: Actor, id: string): Promise<Publication> {
    const row = await new PublicationListStore(tx).find(id);
    if (!row) throw new Problem('not-found', { publicationId: id });
    actor.require('publication.read', row.divisionCode);
    return row;
  }

  /** Opens what is sealed: who posted, and the words given for a suspension. */
  private async named(tx: Tx, view: PublicationView): Promise<PublicationView> {
    const lists = new PublicationListStore(tx);
    const sealedPlaces = new Map((await lists.placesOf([view.id])).map((place) => [place.id, place.posterName]));
    const sealedNotes = new Map((await new InterruptionStore(tx).of([view.id])).map(({ id, note }) => [id, note]));
    const seals = await this.vault.existing(tx, [view.id, ...sealedPlaces.keys()]);
    const opened = (subjectId: string, sealed: Buffer | null | undefined, place: Place): string | null => (sealed ? (seals.get(subjectId)?.open(sealed, place) ?? null) : null);
    return {
      ...view,
      places: view.places.map((place) => ({ ...place, posterName: opened(place.id, sealedPlaces.get(place.id), ['publication_place', place.id, 'poster_name']) })),
      interruptions: view.interruptions.map((one) => ({ ...one, note: opened(view.id, sealedNotes.get(one.id), ['publication_interruption', one.id, 'note']) })),
    };
  }

  private async views(tx: Tx, rows: readonly Publication[]): Promise<PublicationView[]> {
    const ids = rows.map(({ id }) => id);
    const places = await new PublicationListStore(tx).placesOf(ids);
    const broadcasts = await new BroadcastStore(tx).of(ids);
    const interruptions = await new InterruptionStore(tx).of(ids);
    const figures = new Map((await new NotificationListStore(tx).figures(ids)).map((one) => [one.publicationId, one]));
    return rows.map((row) => {
      const state = stateOn(row, tx.today);
      return {
        ...row,
        state,
        isOver: isOver(row, tx.today),
        places: places.filter(({ publicationId }) => publicationId === row.id).map(({ id, kind, divisionCode, name, postedOn, photoSha256 }) => ({ id, kind, divisionCode, name, postedOn, photoSha256, posterName: null })),
        interruptions: interruptions.flatMap((one) => (one.publicationId === row.id ? [{ ...one, note: null }] : [])),
        broadcasts: broadcasts.filter(({ publicationId }) => publicationId === row.id),
        telling: figures.get(row.id) ?? { open: 0, told: 0, notDeliverable: 0 },
        moves: publicationMachine.moves(state).filter((move) => move !== 'elapse'),
      };
    });
  }
}
