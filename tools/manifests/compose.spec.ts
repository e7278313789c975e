import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, services } from '@credit/contracts';
import { rolePassword } from '@credit/platform';
import { type ComposeService, readCompose } from './compose';
import { readConfig, unreadVariables } from './environment';
import { composeFaults } from './schemas';
import { type MadeSecrets, makeSecrets } from './secrets';

const issuer = 'https://credit.county.example/oidc';
const compose = readCompose({ OIDC_ISSUER: issuer });
const storing = services.filter((service) => service !== 'gateway');
const serviceOf = (name: string): ComposeService => {
  const found = compose.services[name];
  if (!found) throw new Error(`${name} is not in the compose file`);
  return found;
};

describe('docker-compose.yml', () => {
  let secrets: MadeSecrets;
  let scratch: string;
  beforeAll(() => {
    secrets = makeSecrets();
    scratch = mkdtempSync(join(tmpdir(), 'credit-village-compose-'));
  });
  afterAll(() => {
    secrets.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  function mountedFiles(name: string): Map<string, string> {
    const files = (serviceOf(name).secrets ?? []).map(({ source, target }): [string, string] => {
      const path = compose.secrets[source]?.file.replace('./secrets/', '');
      return [`/run/secrets/${target}`, secrets.files.get(path ?? '') ?? `no secret ${source}`];
    });
    return new Map(files);
  }

  const configOf = (service: Service): ReturnType<typeof readConfig> =>
    readConfig({ ...serviceOf(service).environment, NODE_ENV: 'production', SERVICE: service }, mountedFiles(service), scratch);

  it('follows the Compose Specification', () => {
    expect(composeFaults(compose)).toEqual([]);
  });

  it('runs every service, the migration, one database and one queue, and nothing else', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([...services, 'migrate', 'postgres', 'redis'].toSorted());
  });

  it.each(services)('%s starts with this environment, and reads all of it', (service) => {
    const { environment = {}, command } = serviceOf(service);
    expect(command).toEqual([service]);
    expect(unreadVariables(environment)).toEqual([]);
    const config = configOf(service);
    expect(config).toMatchObject({ SERVICE: service, production: true, OIDC_ISSUER: issuer, TRUST_PROXY: compose.networks['services']?.ipam?.config[0]?.gateway });
    expect(config.SERVICE_KEY.kid).toBe(service);
    for (const [peer, address] of Object.entries(config.PEERS)) expect(address).toBe(`http://${peer}:${String(config.PORT)}`);
    if (service === 'gateway') return;
    expect(new URL(config.DATABASE_URL)).toMatchObject({ hostname: 'postgres', password: rolePassword(secrets.files.get('migrate/ROLE_SECRET') ?? '', service) });
    expect(new URL(config.QUEUE_URL)).toMatchObject({ hostname: 'redis', password: secrets.files.get('redis/password') });
  });

  it('says which variable is missing', () => {
    expect(() => readCompose({})).toThrow('OIDC_ISSUER set OIDC_ISSUER in .env');
  });

  it('gives every service only its own secrets, and every secret that is made to somebody', () => {
    const given = Object.entries(compose.services).flatMap(([name, { secrets: own = [] }]) => own.map(({ source }) => [name, compose.secrets[source]?.file.split('/')[2] ?? ''] as const));
    for (const [name, receiver] of given) {
      const allowed = name === 'postgres' ? ['database'] : [name, 'shared', ...(storing.some((service) => service === name) ? ['storing'] : [])];
      expect(allowed).toContain(receiver);
    }
    const used = Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', ''));
    expect(used.toSorted()).toEqual([...secrets.files.keys()].filter((path) => path !== 'database/username').toSorted());
    expect(new Set(Object.keys(compose.secrets))).toEqual(new Set(Object.values(compose.services).flatMap(({ secrets: own = [] }) => own.map(({ source }) => source))));
    expect(configOf('gateway').DATA_KEYS).not.toBe(configOf('identity').DATA_KEYS);
  });

  it('gives the migration and the database the same password', () => {
    const { environment = {} } = serviceOf('migrate');
    const files = mountedFiles('migrate');
    expect(Object.keys(environment)).toEqual(['MIGRATION_DATABASE_URL_FILE', 'ROLE_SECRET_FILE']);
    const url = new URL(files.get(environment['MIGRATION_DATABASE_URL_FILE'] ?? '') ?? '');
    const { POSTGRES_USER, POSTGRES_PASSWORD_FILE = '', POSTGRES_DB } = serviceOf('postgres').environment ?? {};
    expect([url.username, url.password, url.pathname]).toEqual([POSTGRES_USER, mountedFiles('postgres').get(POSTGRES_PASSWORD_FILE), `/${POSTGRES_DB ?? ''}`]);
    expect(files.get(environment['ROLE_SECRET_FILE'] ?? '')).toBe(secrets.files.get('migrate/ROLE_SECRET'));
  });

  it('migrates before any service that stores starts, and starts the gateway when all others are healthy', () => {
    for (const service of storing) expect(serviceOf(service).depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' }, redis: { condition: 'service_healthy' } });
    expect(serviceOf('gateway').depends_on).toEqual(Object.fromEntries(storing.map((service) => [service, { condition: 'service_healthy' }])));
    expect(serviceOf('migrate')).toMatchObject({ restart: 'no', depends_on: { postgres: { condition: 'service_healthy' } } });
  });

  it('never evicts a message and writes every one to disk', () => {
    const command = serviceOf('redis').command?.join(' ') ?? '';
    for (const option of ['--appendonly yes', '--maxmemory-policy noeviction', 'requirepass $(cat /run/secrets/password)']) expect(command).toContain(option);
    expect(command).toContain('exec valkey-server -');
  });

  it('shows storage to nobody outside: a network without a way out, no ports', () => {
    expect(compose.networks['storage']?.internal).toBe(true);
    for (const name of ['postgres', 'redis', 'migrate']) expect(serviceOf(name)).toMatchObject({ networks: ['storage'] });
    expect(serviceOf('gateway').networks).toEqual(['services']);
    for (const [name, { ports = [] }] of Object.entries(compose.services)) {
      if (['postgres', 'redis', 'migrate'].includes(name)) expect(ports).toEqual([]);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:80\d\d:8080$/);
    }
  });

  it('lets nothing of ours run as root, write to its image or grow without limit', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect(service.deploy?.resources.limits).toEqual({ cpus: expect.any(String) as string, memory: expect.any(String) as string });
      if (name === 'postgres') continue;
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    }
  });

  it('keeps what must last in named volumes', () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(new Set(mounted)).toEqual(new Set(Object.keys(compose.volumes)));
    for (const service of storing) expect(serviceOf(service).volumes).toContain(`audit-heads:${configOf(service).AUDIT_EXPORT_DIR}`);
  });
});
