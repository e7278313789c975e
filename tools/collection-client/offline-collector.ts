import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export interface Collected {
  readonly subjectId: string;
  readonly item: string;
  readonly value: string;
  readonly collectedOn: string;
  readonly baseVersion: number;
}

interface Entry extends Collected {
  readonly recordId: string;
  readonly sequence: number;
}

export interface RecordOutcome {
  readonly recordId: string;
  readonly outcome: 'stored' | 'same' | 'conflict' | 'refused';
  readonly version: number | null;
  readonly message: string | null;
}

const perBatch = 100;
const giveUpMs = 5_000;
/** What `fetch` throws when nothing, or only half an answer, came back. */
const brokenNetwork: ReadonlySet<string> = new Set(['TypeError', 'TimeoutError', 'AbortError', 'SyntaxError']);

/**
 * 离线采集端 — an example of what a mini-program or an app does: every record is written to the device first, with an id and a
 * number of its own; whatever has no answer yet is sent again, as often as it takes. The server never has it twice.
 */
export class OfflineCollector {
  private readonly entries: Entry[] = [];
  private readonly answers = new Map<string, RecordOutcome>();

  /** `journal` is a file on the device; a client opened on it again goes on where the last one stopped. */
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly deviceId: string,
    private readonly journal: string,
  ) {
    if (!existsSync(journal)) return;
    for (const line of readFileSync(journal, 'utf8').split('\n').filter(Boolean)) {
      const written = JSON.parse(line) as { entry?: Entry; answer?: RecordOutcome };
      if (written.entry) this.entries.push(written.entry);
      if (written.answer) this.answers.set(written.answer.recordId, written.answer);
    }
  }

  record(collected: Collected): string {
    const entry: Entry = { ...collected, recordId: randomUUID(), sequence: this.entries.length + 1 };
    appendFileSync(this.journal, `${JSON.stringify({ entry })}\n`);
    this.entries.push(entry);
    return entry.recordId;
  }

  get waiting(): number {
    return this.entries.length - this.answers.size;
  }

  outcome(recordId: string): RecordOutcome | undefined {
    return this.answers.get(recordId);
  }

  /** Sends what waits, batch by batch. False when the network broke: call it again later. */
  async send(): Promise<boolean> {
    for (;;) {
      const batch = this.entries.filter(({ recordId }) => !this.answers.has(recordId)).slice(0, perBatch);
      if (batch.length === 0) return true;
      const results = await this.post(batch);
      if (!results) return false;
      for (const answer of results) {
        appendFileSync(this.journal, `${JSON.stringify({ answer })}\n`);
        this.answers.set(answer.recordId, answer);
      }
    }
  }

  private async post(records: readonly Entry[]): Promise<readonly RecordOutcome[] | undefined> {
    try {
      const answer = await fetch(`${this.url}/v1/collection/batches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ deviceId: this.deviceId, records }),
        signal: AbortSignal.timeout(giveUpMs),
      });
      if (answer.status >= 500) return undefined;
      if (!answer.ok) throw new Error(`the records were refused: ${await answer.text()}`);
      return ((await answer.json()) as { results: RecordOutcome[] }).results;
    } catch (error) {
      if (brokenNetwork.has((error as Error).name)) return undefined;
      throw error;
    }
  }
}
