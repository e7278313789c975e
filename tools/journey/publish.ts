import type { VillageStaff } from './cast';
import type { Person } from './graph-client';
import { must } from './story';

export interface Published {
  readonly publicationId: string;
  readonly lastDay: string;
  readonly objectionLastDay: string | null;
  readonly places: readonly { readonly id: string; readonly kind: string; readonly divisionCode: string }[];
}

interface Publication {
  readonly id: string;
  readonly state: string;
  readonly places: Published['places'];
}

const patienceMs = 60_000;

/** Waits for a state that messages bring about. */
export async function until<T>(state: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await state();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

export async function publicationsOf(who: Person, under: string, kind: string, state: string): Promise<Publication[]> {
  const { publications } = await who.ask<{ publications: { rows: Publication[] } }>('query ($under: String, $kind: String, $state: String) { publications(under: $under, kind: $kind, state: $state, first: 50) { rows { id state places { id kind divisionCode } } } }', { under, kind, state });
  return publications.rows;
}

export function drafted(staff: Pick<VillageStaff, 'clerk' | 'village'>, kind: string): Promise<Publication> {
  return until(async () => (await publicationsOf(staff.clerk, staff.village.code, kind, 'draft'))[0], `the draft of ${kind} in ${staff.village.name}`);
}

/** 张贴 — the village's clerk hangs the draft at every place; the publication runs from the last of them. */
export async function post(who: Person, publication: Publication, posterName = '李文书（合成）'): Promise<Published> {
  let receipt: { lastDay: string | null; objectionLastDay: string | null } = { lastDay: null, objectionLastDay: null };
  for (const place of publication.places) {
    receipt = await who.do<typeof receipt>('postPlace', { publicationId: publication.id, placeId: place.id, postedByName: posterName }, 'lastDay objectionLastDay');
  }
  must(receipt.lastDay !== null, 'the publication runs once its last place is posted');
  return { publicationId: publication.id, lastDay: receipt.lastDay, objectionLastDay: receipt.objectionLastDay, places: publication.places };
}

export async function postEverywhere(staff: VillageStaff, kind: string): Promise<Published> {
  return post(staff.clerk, await drafted(staff, kind));
}
