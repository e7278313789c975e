import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, ConfigError, loadConfig, peerUrl, readSecret } from '@credit/platform';

const key = { kty: 'OKP', kid: 'rating', crv: 'Ed25519', x: 'AA', d: 'very-private' };
const complete = {
  SERVICE: 'rating',
  PORT: '9000',
  DATABASE_URL: 'postgres://rating:secret@127.0.0.1:5432/credit',
  QUEUE_URL: 'redis://127.0.0.1:6379',
  PEERS: '{"archives":"http://127.0.0.1:9001/"}',
  OIDC_ISSUER: 'http://127.0.0.1:9002',
  SERVICE_KEY: JSON.stringify(key),
  SERVICE_PUBLIC_KEYS: JSON.stringify({ keys: [key] }),
  DATA_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
  HASH_KEY: 'h'.repeat(44),
  AUDIT_EXPORT_DIR: '/var/lib/credit/audit',
} as const;
const { DATABASE_URL: _database, QUEUE_URL: _queue, ...withoutStore } = complete;

function faultsOf(source: Readonly<Record<string, string | undefined>>): string[] {
  try {
    loadConfig(source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [heading, ...faults] = error.message.split('\n');
    expect(heading).toContain('配置有误，服务不启动');
    return faults;
  }
  return [];
}

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'credit-config-')), 'value');
  writeFileSync(file, text);
  return file;
}

describe('the configuration of a service', () => {
  it('is complete with what a deployment must give, and quiet about the rest', () => {
    expect(loadConfig(complete)).toMatchObject({ SERVICE: 'rating', PORT: 9000, HOST: '127.0.0.1', SANDBOX: false, production: false, SETTINGS: {}, SERVICE_KEY: key });
  });

  it('names every missing value at once, also when nothing at all is given', () => {
    const faults = faultsOf({ SERVICE: 'rating' });
    const { SERVICE: _service, ...needed } = complete;
    expect(faults.map((fault) => fault.trim()).toSorted()).toEqual(Object.keys(needed).map((name) => `- ${name}: is missing`).toSorted());
  });

  it('takes an empty variable, or an empty file, for a missing one', () => {
    const { HASH_KEY: _key, ...rest } = complete;
    expect(faultsOf({ ...rest, PORT: '', HASH_KEY_FILE: fileWith('\n') }).map((fault) => fault.trim()).toSorted()).toEqual(['- HASH_KEY: is missing', '- PORT: is missing']);
    expect(loadConfig({ ...complete, READ_DATABASE_URL: '', LOG_LEVEL: '' })).toMatchObject({ LOG_LEVEL: 'info' });
  });

  it('names wrong values, missing ones and forbidden combinations together', () => {
    const faults = faultsOf({ ...withoutStore, PORT: '70000', SERVICE: 'bank', NODE_ENV: 'production', SANDBOX: 'true', LOG_LEVEL: 'loud', PEERS: '{"archives":"nowhere"}' }).join('\n');
    for (const name of ['SERVICE', 'PORT', 'LOG_LEVEL', 'PEERS', 'SANDBOX', 'DATABASE_URL', 'QUEUE_URL']) expect(faults).toContain(`- ${name}: `);
  });

  it('says where inside a JSON value the fault is, one line per value', () => {
    expect(faultsOf({ ...complete, PEERS: '{"archives":"nowhere"}' })).toEqual([expect.stringMatching(/^ {2}- PEERS: .*archives/)]);
  });

  it.each([
    ['the database of another kind', { DATABASE_URL: 'mysql://x' }],
    ['queues of another kind', { QUEUE_URL: 'amqp://x' }],
    ['a data key that is too short', { DATA_KEYS: 'k1:abc' }],
    ['a guessable hash key', { HASH_KEY: 'secret' }],
    ['a port that is none', { PORT: 'http' }],
    ['an issuer that is no address', { OIDC_ISSUER: 'issuer' }],
    ['a flag that is neither true nor false', { SANDBOX: 'yes' }],
    ['an interval of nothing', { RELAY_EVERY_SECONDS: '0' }],
    ['settings that are no JSON', { SETTINGS: 'depth=3' }],
    ['a proxy that is no address', { TRUST_PROXY: 'all of them' }],
  ])('refuses %s, naming that variable and no other', (_what, wrong) => {
    const [name = ''] = Object.keys(wrong);
    expect(faultsOf({ ...complete, ...wrong })).toEqual([expect.stringContaining(`- ${name}: `)]);
  });

  it('never repeats a secret in what it prints', () => {
    const faults = faultsOf({ ...complete, SERVICE_KEY: 'very-private', SERVICE_PUBLIC_KEYS: '{"very-private":1}', DATA_KEYS: 'very-private', HASH_KEY: 'very-private', DATABASE_URL: 'very-private' });
    expect(faults).toHaveLength(5);
    expect(faults.join()).not.toContain('very-private');
  });

  it('needs neither database nor queue for the gateway, which keeps no data', () => {
    expect(loadConfig({ ...withoutStore, SERVICE: 'gateway' }).DATABASE_URL).toBe('');
  });

  it.each(['redis://h:1', 'rediss://h:1', 'redis-cluster://a:1,b:2', 'redis-sentinel://a:1,b:2/master', 'postgres://h/credit'])('knows the queue address %s', (url) => {
    expect(loadConfig({ ...complete, QUEUE_URL: url }).QUEUE_URL).toBe(url);
  });

  describe('values kept in files', () => {
    it('reads NAME_FILE without the line end an editor leaves', () => {
      const { HASH_KEY, ...rest } = complete;
      expect(loadConfig({ ...rest, HASH_KEY_FILE: fileWith(`${HASH_KEY}\n`) }).HASH_KEY).toBe(HASH_KEY);
    });

    it('prefers the variable to the file', () => {
      expect(loadConfig({ ...complete, PORT_FILE: fileWith('1') }).PORT).toBe(9000);
    });

    it('names a file that cannot be read, together with the other faults', () => {
      const { HASH_KEY: _key, ...rest } = complete;
      const faults = faultsOf({ ...rest, HASH_KEY_FILE: '/nowhere/hash-key', PORT: 'http' });
      expect(faults).toEqual([expect.stringContaining('HASH_KEY_FILE: cannot be read'), expect.stringContaining('PORT: ')]);
    });
  });

  describe('production', () => {
    it('refuses the sandbox clock', () => {
      expect(faultsOf({ ...complete, NODE_ENV: 'production', SANDBOX: 'true' })).toEqual([expect.stringContaining('SANDBOX: a production system has no sandbox clock')]);
    });

    it('starts without it', () => {
      expect(loadConfig({ ...complete, NODE_ENV: 'production' }).production).toBe(true);
    });
  });

  it('gives the address of a peer without a closing slash, and refuses a peer the deployment does not name', () => {
    const config: Config = loadConfig(complete);
    expect(peerUrl(config, 'archives')).toBe('http://127.0.0.1:9001');
    expect(() => peerUrl(config, 'civility')).toThrow(ConfigError);
  });
});

describe('a secret of a command line tool', () => {
  it('comes from the variable or from its file, and is asked for by name when neither is given', () => {
    expect(readSecret({ KEY: 'a' }, 'KEY')).toBe('a');
    expect(readSecret({ KEY_FILE: fileWith('b\n') }, 'KEY')).toBe('b');
    expect(() => readSecret({}, 'KEY')).toThrow('缺少配置 KEY（或 KEY_FILE）');
    expect(() => readSecret({ KEY_FILE: '/nowhere/key' }, 'KEY')).toThrow(ConfigError);
  });
});
