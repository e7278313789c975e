import { archivesReads, type EventData, identityReads, type publicityReads, type RowOf, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { startTestService, type TestService, type TestServiceOptions } from '@credit/testing';
import { publicity } from '../src/publicity.service';

export const village = '341525109204';
export const groups = [`${village}01`, `${village}02`] as const;
export const firstDay = '2030-12-01';

type Content = RowOf<typeof sharedReads.publicationContent>;
type Requested = EventData<'publication.requested'>;
export type PublicationRead = RowOf<typeof publicityReads.publication>;

export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly isOver: boolean;
  readonly version: number;
  readonly number: string;
  readonly title: string;
  readonly postedOn: string | null;
  readonly lastDay: string | null;
  readonly objectionLastDay: string | null;
  readonly openedAgainAs: string | null;
  readonly againOf: string | null;
  readonly places: readonly { id: string; kind: string; divisionCode: string; name: string; postedOn: string | null }[];
  readonly telling: { open: number; told: number; notDeliverable: number };
  readonly moves: readonly string[];
}

const publicationFields = `id state isOver version number title postedOn lastDay objectionLastDay openedAgainAs againOf moves
  places { id kind divisionCode name postedOn } telling { open told notDeliverable }`;

export const postMutation = 'mutation ($input: PostPlaceInput!) { postPlace(input: $input) { publicationId placesLeft postedOn lastDay objectionLastDay } }';
export const missingMutation = 'mutation ($input: ReportMissingInput!) { reportMissing(input: $input) { daysAdded lastDay objectionLastDay version } }';
export const withdrawMutation = 'mutation ($input: WithdrawPublicationInput!) { withdrawPublication(input: $input) { openedAgainAs version } }';
export const deliveryMutation = 'mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { notificationId state } }';
export const groupMutation = 'mutation ($input: RecordGroupDeliveryInput!) { recordGroupDelivery(input: $input) { told failed } }';

/** A village of two groups with three households each, as publicity sees it through its neighbours. */
export class Town {
  readonly households = Array.from({ length: 6 }, () => newId());
  /** The score that civility answers for each household. */
  score = '95.00';
  /** Labels by household; a household in `unnamed` has not agreed to its name being published. */
  label = '张*明';
  readonly unnamed = new Set<string>();
  readonly tokens = new Map<string, string>();

  private constructor(readonly service: TestService) {}

  static async open(options: TestServiceOptions = {}): Promise<Town> {
    const town = new Town(await startTestService(publicity, options));
    town.neighboursAnswer();
    const posts = { 'village-clerk': village, 'village-supervisor': village, 'town-supervisor': '341525109000', 'county-officer': '341525000000', 'system-admin': '341525000000' };
    for (const [role, divisionCode] of Object.entries(posts)) town.tokens.set(role, (await town.service.account({ posts: [{ role, divisionCode }] })).token);
    await town.service.moveClockTo(firstDay);
    return town;
  }

  close(): Promise<void> {
    return this.service.close();
  }

  token(role: string): string {
    return this.tokens.get(role) ?? '';
  }

  groupOf(householdId: string): string {
    return this.households.indexOf(householdId) < 3 ? groups[0] : groups[1];
  }

  household(index: number): string {
    return this.households[index] ?? '';
  }

  neighboursAnswer(): void {
    const { peer } = this.service;
    peer.answer(sharedReads.outbox, []);
    peer.answer(sharedReads.settle, [{ outstanding: 0, parked: 0 }]);
    peer.answer(sharedReads.publicationContent, ({ kind }) => this.content(kind));
    peer.answer(archivesReads.divisions, [
      { code: village, name: '大化坪村委会', level: 'village', parentCode: '341525109000' },
      { code: groups[0], name: '上湾组', level: 'group', parentCode: village },
      { code: groups[1], name: '下湾组', level: 'group', parentCode: village },
    ]);
    peer.answer(archivesReads.labels, ({ subjectIds }) =>
      subjectIds.map((subjectId) => ({
        subjectId,
        subjectKind: 'household',
        label: this.label,
        subjectNo: `H${this.groupOf(subjectId)}000${this.households.indexOf(subjectId) + 1}`,
        divisionCode: this.groupOf(subjectId),
        mayPublishName: !this.unnamed.has(subjectId),
      })),
    );
    peer.answer(identityReads.slipCodes, ({ householdIds }) => householdIds.map((householdId) => ({ householdId, code: `C0DE${this.households.indexOf(householdId)}`, lastDay: '2031-03-01' })));
  }

  private content(kind: string): Content[] {
    const heading: Content = { heading: { year: '2030', subjects: String(this.households.length) } };
    if (kind === 'publication.content') return [heading, { text: '孝敬老人 加3分' }, { text: '酗酒滋事 扣5分' }];
    const result = kind === 'publication.result' ? this.score : null;
    return [heading, ...this.households.map((subjectId) => ({ subjectId, groupCode: this.groupOf(subjectId), result }))];
  }

  /** Asks for a publication through the queue and answers the draft as the clerk sees it. */
  async draft(wanted: Partial<Requested> = {}): Promise<Shown> {
    const request: Requested = { kind: 'publication.result', owner: 'civility', key: newId(), divisionCode: village, ...wanted };
    await this.service.hear('publication.requested', request);
    const { publications } = await this.service.data<{ publications: { rows: Shown[] } }>(`{ publications(under: "${village}", first: 1) { rows { ${publicationFields} } } }`, {}, this.token('county-officer'));
    const [newest] = publications.rows;
    if (!newest) throw new Error('nothing was drafted');
    return newest;
  }

  async show(id: string): Promise<Shown> {
    return (await this.service.data<{ publication: Shown }>(`query ($id: ID!) { publication(id: $id) { ${publicationFields} } }`, { id }, this.token('county-officer'))).publication;
  }

  posting(publication: Shown, place: number, given: Readonly<Record<string, unknown>> = {}): { input: Record<string, unknown> } {
    return { input: { requestId: newId(), publicationId: publication.id, placeId: publication.places[place]?.id, ...given } };
  }

  /** Posts every place today. */
  async post(publication: Shown, given: Readonly<Record<string, unknown>> = {}): Promise<Shown> {
    for (const index of publication.places.keys()) await this.service.data(postMutation, this.posting(publication, index, given), this.token('village-clerk'));
    return this.show(publication.id);
  }

  async posted(wanted: Partial<Requested> = {}): Promise<Shown> {
    return this.post(await this.draft(wanted));
  }

  async notYetTold(publicationId: string): Promise<{ id: string; subjectId: string; label: string | null; text: string }[]> {
    const query = 'query ($id: ID!) { notYetTold(publicationId: $id, first: 200) { rows { id subjectId label text } } }';
    return (await this.service.data<{ notYetTold: { rows: never[] } }>(query, { id: publicationId }, this.token('village-clerk'))).notYetTold.rows;
  }

  /** A page as a person with this role gets it. */
  async page(path: string, role?: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.service.url}${path}`, { headers: role ? { authorization: `Bearer ${this.token(role)}` } : {} });
    return { status: response.status, text: await response.text() };
  }

  async moveSandboxClock(body: Readonly<Record<string, unknown>>, role = 'system-admin'): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${this.service.url}/sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token(role)}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  ring(): Promise<{ ringDueDeadlines: number }> {
    return this.service.data('mutation ($requestId: String!) { ringDueDeadlines(requestId: $requestId) }', { requestId: newId() }, this.token('system-admin'));
  }
}
