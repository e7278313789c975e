import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Receiver } from './receiver';

/** `node tools/run.mjs province-receiver --jwks <county’s /v1/jwks.json> --client id:secret` — prints the address it listens on and serves until it is stopped. */
function main(): void {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, jwks: { type: 'string' }, 'sm2-public-key': { type: 'string' }, client: { type: 'string', default: 'county:secret' } },
  });
  const sm2 = values['sm2-public-key'] === undefined ? undefined : readFileSync(values['sm2-public-key'], 'utf8');
  const receiver = new Receiver({ jwksUrl: values.jwks, sm2 }, Buffer.from(values.client).toString('base64'));
  receiver.server.listen(Number(values.port), '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(receiver.server.address() as AddressInfo).port}\n`);
  });
  process.once('SIGTERM', () => process.exit(0));
}

main();
