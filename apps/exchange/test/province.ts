import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { archivesReads, type RowOf, sharedReads } from '@credit/contracts';
import { newId, repositoryRoot } from '@credit/platform';
import { addDays, plainDate } from '@credit/policy';
import { freePort, startTestService, type TestService } from '@credit/testing';
import type { Mode } from '../../../tools/province-receiver/receiver';
import { exchange } from '../src/exchange.service';
import { NightlyRound } from '../src/province/nightly-round';

export const county = '341525000000';
export const village = '341525109204';
export const otherVillage = '341525109205';
const client = { id: 'huoshan', secret: 'tested' };

type State = RowOf<typeof archivesReads.uploadStates>;
type Upload = RowOf<typeof archivesReads.uploadFiles>;

/** One file of the archives, as a test changes it. */
export interface KeptFile {
  readonly fileId: string;
  readonly subjectId: string;
  readonly subjectNo: string;
  groupCode: string;
  version: number;
  state: State['state'];
  consent: State['consent'];
  items: Record<string, string>;
}

/** The archives of a county as exchange asks them. */
export class Archives {
  readonly files: KeptFile[] = [];

  file(items: Readonly<Record<string, string>> = {}, groupCode = `${village}01`): KeptFile {
    const file: KeptFile = {
      fileId: newId(),
      subjectId: newId(),
      subjectNo: `H${groupCode}${String(this.files.length + 1).padStart(4, '0')}`,
      groupCode,
      version: 1,
      state: 'verified',
      consent: { economics: true, credit: true },
      items: { ableWorkers: '2', annualIncome: '80000.00', ...items },
    };
    this.files.push(file);
    return file;
  }

  correct(file: KeptFile, items: Readonly<Record<string, string>>): void {
    Object.assign(file, { version: file.version + 1, state: 'verified', items: { ...file.items, ...items } });
  }

  answer({ peer }: TestService): void {
    peer.answer(sharedReads.outbox, []);
    peer.answer(archivesReads.divisions, [village, otherVillage].map((code) => ({ code, name: '村', level: 'village' as const, parentCode: null })));
    peer.answer(archivesReads.uploadStates, ({ under }) =>
      this.files.filter((file) => file.groupCode.startsWith(under)).map(({ fileId, subjectId, groupCode, version, state, consent }) => ({ fileId, subjectId, groupCode, version, state, consent })),
    );
    peer.answer(archivesReads.uploadFiles, ({ fileIds }) =>
      this.files
        .filter((file) => file.state === 'verified' && fileIds.includes(file.fileId))
        .map(({ fileId, subjectNo, groupCode, version, consent, items }): Upload => ({ fileId, subjectKind: 'household', subjectNo, groupCode, version, verifiedOn: '2031-02-01', items, consent })),
    );
  }
}

export interface Switches {
  readonly mode: Mode;
  readonly arrived: number;
  readonly villages: readonly { villageCode: string; count: number; sha256: string }[];
}

/** The province's receiver in a process of its own, reached over HTTP alone. */
export class Province {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: readonly string[]): Promise<Province> {
    const root = repositoryRoot();
    const child = spawn(process.execPath, ['-r', join(root, 'tools/register.cjs'), join(root, 'tools/province-receiver/main.ts'), '--client', `${client.id}:${client.secret}`, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
    return new Province(url, child);
  }

  async turn(path: string, body?: string): Promise<Switches> {
    const answer = await fetch(`${this.url}/switches/${path}`, body === undefined ? {} : { method: 'POST', body });
    return (await answer.json()) as Switches;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }
}

export interface Batch {
  readonly id: string;
  readonly villageCode: string;
  readonly state: string;
  readonly refusal: string | null;
  readonly records: number;
  readonly chunks: number;
  readonly failures: number;
}

export interface Reconciled {
  readonly villageCode: string;
  readonly outcome: string;
  readonly ownCount: number;
  readonly ownSha256: string;
  readonly theirCount: number;
  readonly theirSha256: string;
  readonly differences: readonly { readonly fileId: string; readonly kind: string }[];
}

/** A county that pushes to a province of its own. */
export class Reporting {
  private constructor(
    readonly service: TestService,
    readonly province: Province,
    readonly archives: Archives,
    readonly officer: string,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}, receiver: readonly string[] = []): Promise<Reporting> {
    const port = await freePort();
    const province = await Province.start(['--jwks', `http://127.0.0.1:${port}/v1/jwks.json`, ...receiver]);
    const push = { PORT: String(port), PROVINCE_URL: `${province.url}/v1`, PROVINCE_TOKEN_URL: `${province.url}/oauth/token`, PROVINCE_CLIENT_ID: client.id, PROVINCE_CLIENT_SECRET: client.secret };
    const service = await startTestService(exchange, { environment: { PROVINCE_COUNTY: county, ...push, ...environment } });
    const archives = new Archives();
    archives.answer(service);
    const officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    await service.moveClockTo('2031-03-01');
    return new Reporting(service, province, archives, officer.token);
  }

  round(): Promise<void> {
    return this.service.app.get(NightlyRound).execute();
  }

  /** Noon of the next day, after its round. */
  async nextDay(): Promise<string> {
    await this.service.moveClockTo(addDays(plainDate(await this.service.today()), 1));
    await this.round();
    return this.service.today();
  }

  async moveHours(hours: number): Promise<void> {
    await this.service.admin.query('SELECT platform.move_clock(platform.now() + make_interval(hours => $1))', [hours]);
  }

  /** Newest first. */
  async batches(): Promise<Batch[]> {
    const query = 'query ($under: String!) { provinceBatches(under: $under) { rows { id villageCode state refusal records chunks failures } } }';
    return (await this.service.data<{ provinceBatches: { rows: Batch[] } }>(query, { under: county }, this.officer)).provinceBatches.rows;
  }

  async reconciliation(on: string): Promise<Reconciled[]> {
    const query = 'query ($on: Day!) { provinceReconciliation(on: $on) { rows { villageCode outcome ownCount theirCount ownSha256 theirSha256 differences { fileId kind } } } }';
    return (await this.service.data<{ provinceReconciliation: { rows: Reconciled[] } }>(query, { on }, this.officer)).provinceReconciliation.rows;
  }

  /** Goes on, an hour of the sandbox at a time, until no batch is open. */
  async settle(): Promise<void> {
    await this.service.until(async () => {
      if ((await this.batches()).every(({ state }) => state !== 'open')) return true;
      await this.moveHours(1);
      await this.round();
      return false;
    }, 'every batch to be answered');
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.province.stop();
  }
}
