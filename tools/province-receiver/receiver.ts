import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { HeldRecords, type Outcome } from './held-records';
import { type CountyKeys, signedByCounty } from './manifest-proof';
import { ReceivedBatch, type ReceivedManifest } from './received-batch';

/** 故障开关 — well 正常；slow 慢；failing 每隔一次答 503；repeating 重复索要与重复回执；losing 办了而答复丢失；down 不通 */
export const modes = ['well', 'slow', 'failing', 'repeating', 'losing', 'down'] as const;
export type Mode = (typeof modes)[number];

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const refuse = (code: string, status = 422): Answer => ({ status, body: { code } });
const slowMs = 300;
const largestChunk = 64 * 1024 * 1024;
const token = 'province-token';

/** 省平台接收端 — the other side of `docs/province.md` in memory, with switches for everything that goes wrong between two sides. */
export class Receiver {
  readonly records = new HeldRecords();
  readonly server: Server;
  mode: Mode = 'well';
  /** Requests of the protocol that arrived, whatever became of them. */
  arrived = 0;
  private readonly batches = new Map<string, ReceivedBatch>();
  private readonly receipts = new Map<string, Outcome[]>();
  private readonly askedAgain = new Set<string>();

  constructor(
    private readonly keys: CountyKeys,
    private readonly secret: string,
  ) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const body = await buffer(request);
    if (path.startsWith('/switches')) return send(response, this.control(path, body));
    this.arrived += 1;
    if (this.mode === 'down') return void response.destroy();
    if (this.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
    if (this.mode === 'failing' && this.arrived % 2 === 0) return send(response, refuse('busy', 503));
    const answer = await this.answer(request, path, body);
    if (this.mode === 'losing' && this.arrived % 2 === 0) return void response.destroy();
    send(response, answer);
  }

  private async answer(request: IncomingMessage, path: string, body: Buffer): Promise<Answer> {
    if (path === '/oauth/token') return request.headers.authorization === `Basic ${this.secret}` ? ok({ access_token: token, expires_in: 3600 }) : refuse('client.unknown', 400);
    if (request.headers.authorization !== `Bearer ${token}`) return refuse('token.invalid', 401);
    const [, version, kind, id = '', part, number] = path.split(/[/?]/);
    if (version !== 'v1') return refuse('not-found', 404);
    if (kind === 'summary') return ok(id.startsWith('under=') ? { villages: this.records.villages(id.slice('under='.length)) } : { records: this.records.records(id) });
    if (kind !== 'batches') return refuse('not-found', 404);
    if (part === 'receipt') return this.receiptOf(id);
    return part === 'chunks' ? this.takeChunk(id, Number(number), body) : this.takeOffer(id, body);
  }

  private async takeOffer(batchId: string, body: Buffer): Promise<Answer> {
    const { manifest, signature } = JSON.parse(body.toString()) as { manifest: ReceivedManifest; signature: { algorithm: string; value: string } };
    if (manifest.batchId !== batchId) return refuse('manifest.malformed');
    if (manifest.schema !== 1) return refuse('schema.unknown');
    if (!(await signedByCounty(manifest, signature, this.keys))) return refuse('signature.invalid');
    const batch = this.batches.get(batchId) ?? new ReceivedBatch(manifest);
    this.batches.set(batchId, batch);
    if (this.mode === 'repeating' && !this.askedAgain.has(batchId)) {
      this.askedAgain.add(batchId);
      return ok({ missing: manifest.chunks.map(({ number }) => number) });
    }
    return ok({ missing: batch.missing });
  }

  private takeChunk(batchId: string, number: number, body: Buffer): Answer {
    const batch = this.batches.get(batchId);
    if (!batch) return refuse('batch.unknown', 503);
    const fault = batch.add(number, gunzipSync(body, { maxOutputLength: largestChunk }).toString());
    if (fault) return refuse(fault);
    const lines = batch.lines();
    if (lines && !this.receipts.has(batchId)) this.receipts.set(batchId, lines.map((line) => this.records.apply(line)));
    return ok({ missing: batch.missing });
  }

  private receiptOf(batchId: string): Answer {
    const outcomes = this.receipts.get(batchId);
    if (!outcomes) return ok({ state: 'processing' });
    return ok({ state: 'done', records: this.mode === 'repeating' ? [...outcomes, ...outcomes] : outcomes });
  }

  /** Outside the protocol: what a test turns and looks at. */
  private control(path: string, body: Buffer): Answer {
    const [, , verb, value = ''] = path.split('/');
    if (verb === 'mode') this.mode = modes.find((mode) => mode === value) ?? 'well';
    if (verb === 'lose') this.records.lose(value);
    if (verb === 'keep') this.records.apply(body.toString());
    return ok({ mode: this.mode, arrived: this.arrived, villages: this.records.villages('000000000000') });
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
