// Makes the secrets of one deployment, once: a folder per receiver, a file per variable, never over an existing one.
// Usage: node tools/manifests/make-secrets.mjs <folder> --public-url https://credit.county.example
//        [--county 341525000000] [--database-host postgres] [--redis-host redis]
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const storing = ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange'];

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'public-url': { type: 'string' },
      county: { type: 'string', default: '341525000000' },
      'database-host': { type: 'string', default: 'postgres' },
      'redis-host': { type: 'string', default: 'redis' },
    },
  });
  const [folder] = positionals;
  if (!folder || !/^https:\/\/[^/]+$/.test(values['public-url'] ?? '') || !/^\d{12}$/.test(values.county)) {
    throw new Error('用法 / usage: make-secrets.mjs <文件夹 folder> --public-url https://主机名 [--county 12位区划代码] [--database-host …] [--redis-host …]');
  }
  return { folder, publicUrl: values['public-url'], countyCode: values.county, databaseHost: values['database-host'], redisHost: values['redis-host'] };
}

const secret = () => randomBytes(32).toString('base64url');
const dataKey = () => `k1:${randomBytes(32).toString('base64')}`;

/** The services' own settings: addresses outside, the county, and where the first passwords are written. */
function settingsOf(service, { publicUrl, countyCode }) {
  if (service === 'identity') return { countyCode, bootstrapFile: '/tmp/administrators.json', redirectUris: [`${publicUrl}/sign-in/callback`] };
  return service === 'gateway' || service === 'publicity' ? { publicUrl } : {};
}

function signingKeys() {
  const pairs = [...storing, 'gateway'].map((kid) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const jwk = (key) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'EdDSA' });
    return { kid, own: JSON.stringify(jwk(privateKey)), public: jwk(publicKey) };
  });
  return { own: Object.fromEntries(pairs.map(({ kid, own }) => [kid, own])), all: JSON.stringify({ keys: pairs.map((pair) => pair.public) }) };
}

/** What each receiver is given. The gateway keeps no personal data: its two keys open nothing of the others. */
function secretsOf(wanted) {
  const keys = signingKeys();
  const migrator = { username: 'credit_migrator', password: secret() };
  const roleSecret = secret();
  const redis = secret();
  const database = (user, password) => `postgres://${user}:${password}@${wanted.databaseHost}:5432/credit`;
  const rolePassword = (role) => createHmac('sha256', roleSecret).update(role).digest('base64url');
  const own = (service) => ({ SERVICE_KEY: keys.own[service], SETTINGS: JSON.stringify(settingsOf(service, wanted)) });
  return {
    shared: { SERVICE_PUBLIC_KEYS: keys.all },
    storing: { DATA_KEYS: dataKey(), HASH_KEY: secret(), QUEUE_URL: `redis://:${redis}@${wanted.redisHost}:6379` },
    ...Object.fromEntries(storing.map((service) => [service, { ...own(service), DATABASE_URL: database(`credit_${service}`, rolePassword(`credit_${service}`)) }])),
    gateway: { ...own('gateway'), DATA_KEYS: dataKey(), HASH_KEY: secret() },
    migrate: { MIGRATION_DATABASE_URL: database(migrator.username, migrator.password), ROLE_SECRET: roleSecret },
    database: migrator,
    redis: { password: redis },
  };
}

try {
  const wanted = options();
  mkdirSync(wanted.folder, { mode: 0o700 });
  for (const [receiver, files] of Object.entries(secretsOf(wanted))) {
    mkdirSync(join(wanted.folder, receiver));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(wanted.folder, receiver, name), text, { flag: 'wx', mode: 0o644 });
  }
  console.log(`已生成 / made: ${wanted.folder}\nOIDC_ISSUER=${wanted.publicUrl}/oidc`);
} catch (error) {
  console.error(error.code === 'EEXIST' ? '文件夹已存在；密钥只生成一次 / that folder exists already; secrets are made once' : error.message);
  process.exit(1);
}
