import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { Problem } from '@credit/contracts';
import type { Config } from '@credit/platform';

export interface HttpAsk {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const timeoutMs = 20_000;

/** One HTTP exchange, with the county's certificate where the deployment gives one. Whatever breaks it is `province.unavailable`. */
export class HttpClient {
  constructor(private readonly config: Pick<Config, 'PROVINCE_TLS_CERT' | 'PROVINCE_TLS_KEY' | 'PROVINCE_TLS_CA'>) {}

  async ask(url: string, { method, headers = {}, body = '' }: HttpAsk): Promise<HttpAnswer> {
    const options = { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal: AbortSignal.timeout(timeoutMs) };
    try {
      return await new Promise<HttpAnswer>((resolve, reject) => {
        const request = url.startsWith('https:') ? secureRequest(url, { ...options, ...this.tls() }) : plainRequest(url, options);
        request.on('error', reject);
        request.on('response', (response) => {
          text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
        });
        request.end(body);
      });
    } catch {
      throw new Problem('province.unavailable');
    }
  }

  private tls(): { cert?: string; key?: string; ca?: string } {
    const { PROVINCE_TLS_CERT: cert, PROVINCE_TLS_KEY: key, PROVINCE_TLS_CA: ca } = this.config;
    return { ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }), ...(ca === undefined ? {} : { ca }) };
  }
}
