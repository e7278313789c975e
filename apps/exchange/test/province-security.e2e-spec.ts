import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpClient } from '../src/province/http-client';
import { Reporting, village } from './province';

describe('the county’s signature under a batch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credit-province-'));
  const keyFile = join(folder, 'sm2.pub');
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const sm2 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is SM2 with SM3 where the deployment gives such a key', async () => {
    writeFileSync(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
    const town = await Reporting.open({ PROVINCE_SM2_KEY: sm2 }, ['--sm2-public-key', keyFile]);
    town.archives.file();
    await town.round();
    await town.settle();
    expect((await town.batches()).map(({ state }) => state)).toEqual(['done']);
    expect((await town.province.turn('look')).villages).toMatchObject([{ villageCode: village, count: 1 }]);
    await town.close();
  });

  it('that the province cannot verify ends the batch with its code, and the next day it is cut anew', async () => {
    const town = await Reporting.open({ PROVINCE_SM2_KEY: sm2 });
    town.archives.file();
    await town.round();
    await town.settle();
    expect((await town.batches()).map(({ state, refusal }) => [state, refusal])).toEqual([['refused', 'signature.invalid']]);
    expect((await town.province.turn('look')).villages).toEqual([]);
    await town.nextDay();
    expect((await town.batches()).length).toBe(2);
    await town.close();
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

(hasOpenssl ? describe : describe.skip)('mutual TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credit-tls-'));
  const path = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(path(name), 'utf8');
  const certificate = (name: string): void => {
    const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)]);
    expect(made.status).toBe(0);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('opens a province that asks for the county’s certificate, and stays shut without it', async () => {
    certificate('province');
    certificate('county');
    const server = createServer({ cert: read('province.crt'), key: read('province.key'), ca: read('county.crt'), requestCert: true, rejectUnauthorized: true }, (_request, response) => response.end('in'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const ca = { PROVINCE_TLS_CA: read('province.crt') };
    const own = { PROVINCE_TLS_CERT: read('county.crt'), PROVINCE_TLS_KEY: read('county.key') };
    const ask = (given: Partial<typeof ca & typeof own>) => new HttpClient({ PROVINCE_TLS_CA: undefined, PROVINCE_TLS_CERT: undefined, PROVINCE_TLS_KEY: undefined, ...given }).ask(url, { method: 'GET' });
    expect(await ask({ ...ca, ...own })).toEqual({ status: 200, body: 'in' });
    await expect(ask(ca)).rejects.toMatchObject({ code: 'province.unavailable' });
    await expect(ask(own)).rejects.toMatchObject({ code: 'province.unavailable' });
    await new Promise((resolve) => server.close(resolve));
  });
});
