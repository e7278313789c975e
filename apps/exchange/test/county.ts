import { archivesReads, identityReads, ratingReads, type RowOf, sharedReads } from '@credit/contracts';
import { LOGGER, newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { pino } from 'pino';
import { exchange } from '../src/exchange.service';

export const village = '341525109204';
export const scan = 'a'.repeat(64);
export const lastDay = '2031-12-31';

type Rating = RowOf<typeof ratingReads.currentRatings>;

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A well-formed number of the region kept for demonstrations. */
export function residentId(sequence: number): string {
  const body = `99999919900101${String(sequence).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Seventeen characters with their check character (GB 32100). */
function creditCode(body: string): string {
  const sum = body.split('').reduce((total, char, index) => total + creditAlphabet.indexOf(char) * (3 ** index % 31), 0);
  return body + (creditAlphabet[(31 - (sum % 31)) % 31] ?? '');
}

export interface Home {
  readonly householdId: string;
  readonly adults: readonly string[];
  readonly residentIds: readonly string[];
  readonly subjectNo: string;
  readonly tokens: readonly string[];
}

export interface BankAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly type: string;
}

export const giveMutation = 'mutation ($input: GiveConsentInput!) { giveConsent(input: $input) { consentId memberId lastDay } }';
export const revokeMutation = 'mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { revokedOn } }';

/** The county as exchange sees it: households of two adults, their ratings, a bank. */
export class County {
  readonly homes: Home[] = [];
  readonly ratings = new Map<string, Rating>();
  readonly entity = { subjectId: newId(), creditCode: creditCode('91341525MA2TXQ4X0') };
  readonly logged: string[] = [];
  /** Numbers that identity does not know, and clients that were closed. */
  readonly strangers = new Set<string>();
  readonly closed = new Set<string>();

  private constructor(
    readonly service: TestService,
    readonly bank: SignedIn,
    readonly clerk: string,
  ) {}

  static async open(settings: Readonly<Record<string, unknown>> = {}): Promise<County> {
    const service = await startTestService(exchange, { environment: { SETTINGS: JSON.stringify(settings) } });
    const clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    const county = new County(service, await service.client(), clerk.token);
    county.listenToLog();
    county.neighboursAnswer();
    await service.moveClockTo('2031-03-01');
    return county;
  }

  /** Everything the service writes to its log from now on, at the most talkative level. */
  private listenToLog(): void {
    const log = this.service.app.get<pino.Logger>(LOGGER);
    log.level = 'trace';
    Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => this.logged.push(line) } });
  }

  neighboursAnswer(): void {
    const { peer } = this.service;
    const home = (id: string): Home | undefined => this.homes.find((one) => one.householdId === id);
    peer.answer(sharedReads.outbox, []);
    peer.answer(identityReads.clients, ({ clientIds }) => clientIds.flatMap((clientId) => (this.strangers.has(clientId) ? [] : [{ clientId, kind: 'bank' as const, purposes: ['loan', 'insurance'], active: !this.closed.has(clientId) }])));
    peer.answer(archivesReads.adults, ({ householdId }) => (home(householdId)?.adults ?? []).map((memberId) => ({ memberId })));
    peer.answer(archivesReads.labels, ({ subjectIds }) =>
      subjectIds.flatMap((subjectId): RowOf<typeof archivesReads.labels>[] => {
        const label = { subjectId, label: '张*明', divisionCode: village, mayPublishName: true };
        if (subjectId === this.entity.subjectId) return [{ ...label, subjectKind: 'entity', subjectNo: 'E0001' }];
        const one = home(subjectId);
        return one ? [{ ...label, subjectKind: 'household', subjectNo: one.subjectNo }] : [];
      }),
    );
    peer.answer(archivesReads.resolveSubject, (ask): RowOf<typeof archivesReads.resolveSubject>[] => {
      if (ask.creditCode !== undefined) return ask.creditCode === this.entity.creditCode ? [{ subjectId: this.entity.subjectId, subjectKind: 'entity', divisionCode: village, memberId: null }] : [];
      const found = this.homes.find((one) => one.subjectNo === ask.subjectNo || (ask.residentId !== undefined && one.residentIds.includes(ask.residentId)));
      return found ? [{ subjectId: found.householdId, subjectKind: 'household', divisionCode: village, memberId: null }] : [];
    });
    peer.answer(ratingReads.currentRatings, ({ subjectIds }) => subjectIds.flatMap((id) => this.ratings.get(id) ?? []));
  }

  async home(rated: Partial<Rating> | null = {}): Promise<Home> {
    const householdId = newId();
    const number = this.homes.length * 2 + 1;
    const adults = [newId(), newId()];
    const tokens = await Promise.all(adults.map(async (memberId) => (await this.service.villager({ householdId, memberId })).token));
    const home = { householdId, adults, residentIds: [residentId(number), residentId(number + 1)], subjectNo: `H${village}01${String(number).padStart(4, '0')}`, tokens };
    this.homes.push(home);
    if (rated) this.rate(householdId, rated);
    return home;
  }

  rate(subjectId: string, rated: Partial<Rating> = {}): void {
    this.ratings.set(subjectId, {
      ratingId: newId(),
      subjectId,
      subjectKind: 'household',
      grade: 'AA',
      creditSubject: true,
      certifiedOn: '2031-01-10',
      lastDay: '2032-01-10',
      status: 'valid',
      disputed: false,
      scorecardId: 'H-2022',
      scorecardVersion: 1,
      ...rated,
    });
  }

  async consent(home: Home, adult: number, given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const input = { requestId: newId(), subjectId: home.householdId, clientId: this.bank.accountId, purpose: 'loan', fromOn: '2031-03-01', lastDay, ...given };
    const answer = await this.service.data<{ giveConsent: { consentId: string } }>(giveMutation, { input }, home.tokens[adult]);
    return answer.giveConsent.consentId;
  }

  async consentOfAll(home: Home): Promise<string[]> {
    return [await this.consent(home, 0), await this.consent(home, 1)];
  }

  async ask(path: string, body: unknown, options: { key?: string | null; token?: string } = {}): Promise<BankAnswer> {
    const key = options.key === undefined ? newId() : options.key;
    const response = await fetch(`${this.service.url}/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token ?? this.bank.token}`, ...(key === null ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown>, type: response.headers.get('content-type') ?? '' };
  }
}
