import { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const rawBodies = new WeakMap<object, string>();

/** The body exactly as it came: what a signature was made of. */
export function rawBodyOf(request: object): string {
  return rawBodies.get(request) ?? '';
}

/** Keeps the bodies sent to one path as they came, up to so many bytes; everything longer is refused. */
export function keepRawBodies(app: NestFastifyApplication, path: string, maxBytes: number): void {
  app.getHttpAdapter().getInstance().addHook('preParsing', async (request, _reply, payload) => {
    if (request.routeOptions.url !== path) return payload;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw Object.assign(new Error('body too large'), { statusCode: 413 });
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    rawBodies.set(request, body.toString('utf8'));
    return Object.assign(Readable.from([body]), { receivedEncodedLength: bytes });
  });
}
