import { gzipSync } from 'node:zlib';
import { Problem } from '@credit/contracts';
import type { Config } from '@credit/platform';
import { z } from 'zod';
import { type HttpAnswer, type HttpAsk, HttpClient } from './http-client';
import type { ManifestSignature } from './manifest-signer';
import { batchReceipt, type BatchReceipt, holding, type Holding, offered, type Offered, type ProvinceAdapter, villageSummary, type VillageSummary } from './province-adapter';
import type { Manifest } from './province-manifest';

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number().positive().default(60) });
const refusalCode = z.object({ code: z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/) });
/** A token is renewed so long before its end. */
const tokenMarginSeconds = 30;
const asJson = { 'content-type': 'application/json' };

/** Too much, too early or a faulty server: the same request may succeed later. */
const mayPass = (status: number): boolean => status >= 500 || status === 429 || status === 408 || status === 401;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 省平台接口 — the protocol of `docs/province.md` over HTTP, with OAuth 2 client credentials and, where given, mutual TLS. 三(五) */
export class HttpProvince implements ProvinceAdapter {
  private readonly http: HttpClient;
  private token: { readonly value: string; readonly until: number } | undefined;

  constructor(
    private readonly url: string,
    private readonly config: Config,
  ) {
    this.http = new HttpClient(config);
  }

  offer(manifest: Manifest, signature: ManifestSignature): Promise<Offered> {
    return this.ask(`batches/${manifest.batchId}`, offered, { method: 'PUT', headers: asJson, body: JSON.stringify({ manifest, signature }) });
  }

  deliver(batchId: string, chunk: number, rows: string): Promise<Offered> {
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    return this.ask(`batches/${batchId}/chunks/${chunk}`, offered, { method: 'PUT', headers, body: gzipSync(rows) });
  }

  receipt(batchId: string): Promise<BatchReceipt> {
    return this.ask(`batches/${batchId}/receipt`, batchReceipt, { method: 'GET' });
  }

  async summary(under: string): Promise<readonly VillageSummary[]> {
    return (await this.ask(`summary?under=${under}`, z.object({ villages: z.array(villageSummary) }), { method: 'GET' })).villages;
  }

  async holdings(villageCode: string): Promise<readonly Holding[]> {
    return (await this.ask(`summary/${villageCode}`, z.object({ records: z.array(holding) }), { method: 'GET' })).records;
  }

  private async ask<S extends z.ZodType>(path: string, shape: S, ask: HttpAsk): Promise<z.output<S>> {
    const token = await this.currentToken();
    const answer = await this.http.ask(`${this.url.replace(/\/$/, '')}/${path}`, { ...ask, headers: { ...ask.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) } });
    if (answer.status === 401) this.token = undefined;
    return this.read(answer, shape);
  }

  private read<S extends z.ZodType>({ status, body }: HttpAnswer, shape: S): z.output<S> {
    if (mayPass(status)) throw new Problem('province.unavailable', { status });
    if (status >= 300) throw new Problem('province.refused', { status, code: refusalCode.safeParse(jsonOf(body)).data?.code ?? `http-${status}` });
    const parsed = shape.safeParse(jsonOf(body));
    if (!parsed.success) throw new Problem('province.unavailable', { status, reason: 'answer.malformed' });
    return parsed.data;
  }

  private async currentToken(): Promise<string | null> {
    const { PROVINCE_TOKEN_URL: tokenUrl, PROVINCE_CLIENT_ID: clientId = '', PROVINCE_CLIENT_SECRET: secret = '' } = this.config;
    if (tokenUrl === undefined) return null;
    if (this.token && this.token.until > Date.now()) return this.token.value;
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` };
    const answer = await this.http.ask(tokenUrl, { method: 'POST', headers, body: 'grant_type=client_credentials' });
    const { access_token: value, expires_in: seconds } = this.read(answer, tokenAnswer);
    this.token = { value, until: Date.now() + (seconds - tokenMarginSeconds) * 1000 };
    return value;
  }
}
