import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, services } from '@credit/contracts';
import { dataSource, repositoryRoot, rolePassword } from '@credit/platform';
import { HealthController } from '../../libs/platform/src/http/health.controller';
import { readConfig, unreadVariables } from './environment';
import { build } from './kustomize';
import { type Container, type KubernetesObject, type Labels, objectOf, type PodSpec, type Workload, workloadsOf } from './objects';
import { routesOf } from './routes';
import { objectFaults } from './schemas';
import { type MadeSecrets, makeSecrets } from './secrets';

interface Settled extends KubernetesObject {
  readonly data: Labels;
}
interface PortsOf extends KubernetesObject {
  readonly spec: { readonly selector: Labels; readonly ports: readonly { readonly port: number; readonly targetPort: string }[] };
}
interface Budget extends KubernetesObject {
  readonly spec: { readonly selector: { readonly matchLabels: Labels } };
}
interface Autoscaler extends KubernetesObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly { readonly type: string; readonly external?: { readonly metric: { readonly name: string; readonly selector: { readonly matchLabels: Labels } } } }[];
  };
}
interface PostgresCluster extends KubernetesObject {
  readonly spec: { readonly instances: number; readonly postgresql: { readonly parameters: Labels }; readonly bootstrap: { readonly initdb: object }; readonly managed: { readonly roles: readonly object[] } };
}

const overlays = join(repositoryRoot(), 'k8s/overlays');
const province = build(join(overlays, 'province'));
const cellsOf = (objects: readonly KubernetesObject[]): string[] => [...new Set(workloadsOf(objects).map(({ metadata }) => metadata.namespace ?? ''))].toSorted();
const inPlace = (objects: readonly KubernetesObject[], namespace: string): KubernetesObject[] => objects.filter(({ metadata }) => metadata.namespace === namespace);
const deployments: readonly (readonly [string, readonly KubernetesObject[]])[] = [
  ['the county', build(join(overlays, 'county'))],
  ...cellsOf(province).map((cell) => [`the province's cell ${cell}`, inPlace(province, cell)] as const),
];
const storing = services.filter((service) => service !== 'gateway');
const fits = (selector: Labels, labels: Labels): boolean => Object.entries(selector).every(([key, value]) => labels[key] === value);

describe('schemas', () => {
  it.each([...deployments, ['the province', province] as const])('describe every object of %s', (_, objects) => {
    expect(objects.flatMap((object) => objectFaults(object).map((fault) => `${object.kind} ${object.metadata.name}: ${fault}`))).toEqual([]);
  });
});

describe.each(deployments)('%s', (_, objects) => {
  const workloads = workloadsOf(objects);
  const podOf = (service: Service): Workload['spec'] => objectOf<Workload>(objects, 'Deployment', service).spec;
  const containerOf = (service: Service): Container => {
    const [container] = podOf(service).template.spec.containers;
    if (!container) throw new Error(`${service} has no container`);
    return container;
  };
  let secrets: MadeSecrets;
  let scratch: string;
  beforeAll(() => {
    secrets = makeSecrets('--database-host', 'postgres-rw');
    scratch = mkdtempSync(join(tmpdir(), 'credit-village-manifests-'));
  });
  afterAll(() => {
    secrets.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** The files of the secrets whose names a volume puts together, at the paths where the container finds them. */
  function mountedFiles(pod: PodSpec, container: Container): Map<string, string> {
    const files = new Map<string, string>();
    for (const { name, mountPath } of container.volumeMounts ?? []) {
      const sources = pod.volumes?.find((volume) => volume.name === name)?.projected?.sources ?? [];
      for (const { secret } of sources) {
        for (const [path, text] of secrets.files) {
          const [receiver = '', file = ''] = path.split('/');
          if (secret?.name !== `credit-${receiver}`) continue;
          if (files.has(`${mountPath}/${file}`)) throw new Error(`${file} comes from two secrets`);
          files.set(`${mountPath}/${file}`, text);
        }
      }
    }
    return files;
  }

  function environmentOf(container: Container): Record<string, string> {
    const shared = (container.envFrom ?? []).flatMap(({ configMapRef }) => (configMapRef ? [objectOf<Settled>(objects, 'ConfigMap', configMapRef.name).data] : []));
    return Object.assign({}, ...shared, Object.fromEntries((container.env ?? []).map(({ name, value = '' }) => [name, value]))) as Record<string, string>;
  }

  it.each(services)('%s has a deployment, an account, an address, a budget for disruptions and an autoscaler that belong together', (service) => {
    const { template } = podOf(service);
    expect(containerOf(service).args).toEqual([service]);
    expect(podOf(service).selector?.matchLabels).toEqual({ 'app.kubernetes.io/name': service });
    expect(template.spec.serviceAccountName).toBe(objectOf(objects, 'ServiceAccount', service).metadata.name);
    expect(fits(objectOf<PortsOf>(objects, 'Service', service).spec.selector, template.metadata.labels)).toBe(true);
    expect(fits(objectOf<Budget>(objects, 'PodDisruptionBudget', service).spec.selector.matchLabels, template.metadata.labels)).toBe(true);
    expect(objectOf<Autoscaler>(objects, 'HorizontalPodAutoscaler', service).spec).toMatchObject({ scaleTargetRef: { kind: 'Deployment', name: service }, minReplicas: 2 });
  });

  it.each(services)('%s starts with this environment, and reads all of it', (service) => {
    const container = containerOf(service);
    const environment = environmentOf(container);
    expect(unreadVariables(environment)).toEqual([]);
    const config = readConfig({ ...environment, SERVICE: service }, mountedFiles(podOf(service).template.spec, container), scratch);
    expect(config).toMatchObject({ SERVICE: service, production: true, SANDBOX: false, TRUST_PROXY: '10.0.0.0/8' });
    expect(config.SERVICE_KEY.kid).toBe(service);
    const [port] = container.ports ?? [];
    expect(port).toEqual({ name: 'http', containerPort: config.PORT });
    const url = config.DATABASE_URL ? new URL(config.DATABASE_URL) : undefined;
    expect(url?.hostname).toBe(service === 'gateway' ? undefined : 'postgres-rw');
    expect(url?.password).toBe(service === 'gateway' ? undefined : rolePassword(secrets.files.get('migrate/ROLE_SECRET') ?? '', service));
    for (const [peer, address] of Object.entries(config.PEERS)) {
      const { hostname, port: asked } = new URL(address);
      expect(hostname).toBe(peer);
      expect(objectOf<PortsOf>(objects, 'Service', hostname).spec.ports).toMatchObject([{ port: Number(asked), targetPort: port?.name }]);
    }
  });

  it('every service is given its own secrets and no other service’s; the gateway none of the keys that open personal data', () => {
    for (const service of services) {
      const given = podOf(service).template.spec.volumes?.flatMap(({ projected }) => projected?.sources.map(({ secret }) => secret?.name) ?? []);
      expect(given).toEqual(['credit-shared', ...(service === 'gateway' ? [] : ['credit-storing']), `credit-${service}`]);
    }
    const keysOf = (service: Service): unknown => {
      const config = readConfig({ ...environmentOf(containerOf(service)), SERVICE: service }, mountedFiles(podOf(service).template.spec, containerOf(service)), scratch);
      return [config.DATA_KEYS, config.HASH_KEY];
    };
    for (const service of storing) expect(keysOf(service)).toEqual(keysOf('identity'));
    expect(keysOf('gateway')).not.toEqual(keysOf('identity'));
  });

  it('the migration is given all it reads', () => {
    const job = objectOf<Workload>(objects, 'Job', 'migrate').spec.template.spec;
    const [container] = job.containers;
    const given = Object.values(environmentOf(container as Container)).map((path) => mountedFiles(job, container as Container).get(path));
    expect(container?.env?.map(({ name }) => name)).toEqual(['MIGRATION_DATABASE_URL_FILE', 'ROLE_SECRET_FILE']);
    expect(given).toEqual([secrets.files.get('migrate/MIGRATION_DATABASE_URL'), secrets.files.get('migrate/ROLE_SECRET')]);
  });

  it('every probe asks a path that the services answer, on a port the container has', () => {
    const answered = routesOf(HealthController);
    for (const service of services) {
      const { startupProbe, livenessProbe, readinessProbe, ports } = containerOf(service);
      const asked = [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet);
      expect(asked.map((probe) => probe?.path)).toEqual(['/healthz', '/healthz', '/readyz']);
      for (const probe of asked) {
        expect(answered).toContain(probe?.path);
        expect(ports?.map(({ name }) => name)).toContain(probe?.port);
      }
    }
  });

  it('nothing runs as root, may gain rights, write to its image, speak to the cluster or grow without limit', () => {
    for (const { spec } of workloads) {
      const pod = spec.template.spec;
      expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
      expect(pod.securityContext?.runAsUser).toBeGreaterThan(0);
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
        expect(container.resources).toMatchObject({ requests: { cpu: expect.any(String) as string, memory: expect.any(String) as string }, limits: { memory: expect.any(String) as string } });
        expect(container.image).toMatch(/:[\w.-]+$/);
        expect(container.image).not.toMatch(/:latest$/);
      }
    }
  });

  it('every volume, claim, settings and account that is named exists, and every secret is one that is made', () => {
    for (const { spec } of workloads) {
      const pod = spec.template.spec;
      const volumes = [...(pod.volumes ?? []).map(({ name }) => name), ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name)];
      for (const { volumeMounts = [] } of pod.containers) for (const { name } of volumeMounts) expect(volumes).toContain(name);
      for (const { persistentVolumeClaim } of pod.volumes ?? []) if (persistentVolumeClaim) objectOf(objects, 'PersistentVolumeClaim', persistentVolumeClaim.claimName);
      objectOf(objects, 'ServiceAccount', pod.serviceAccountName ?? '');
    }
    const named = [...JSON.stringify(workloads).matchAll(/"(?:secretName|secret":\{"name|secretKeyRef":\{"name)":"credit-([^"]+)"/g)].map(([, receiver]) => receiver);
    const made = new Set([...secrets.files.keys()].map((path) => path.split('/')[0]));
    expect(new Set(named)).toEqual(new Set([...made].filter((receiver) => receiver !== 'database')));
    const { bootstrap, managed } = objectOf<PostgresCluster>(objects, 'Cluster', 'postgres').spec;
    expect([bootstrap.initdb, managed.roles[0]]).toMatchObject([
      { database: 'credit', owner: secrets.files.get('database/username'), secret: { name: 'credit-database' } },
      { name: secrets.files.get('database/username'), createrole: true, passwordSecret: { name: 'credit-database' } },
    ]);
  });

  it('the autoscalers measure the queue of their own service, which the exporter reads', () => {
    const exporter = objectOf<Workload>(objects, 'StatefulSet', 'redis').spec.template.spec.containers.find(({ name }) => name === 'exporter');
    const read = exporter?.env?.find(({ name }) => name === 'REDIS_EXPORTER_CHECK_SINGLE_KEYS')?.value?.split(',') ?? [];
    expect(read.toSorted()).toEqual(storing.map((service) => `db0={credit}:${service}:wait`).toSorted());
    for (const service of services) {
      const { metrics } = objectOf<Autoscaler>(objects, 'HorizontalPodAutoscaler', service).spec;
      const queue = { name: 'credit_queue_waiting', selector: { matchLabels: { queue: service } } };
      expect(metrics.flatMap(({ external }) => (external ? [external.metric] : []))).toEqual(service === 'gateway' ? [] : [queue]);
      expect(metrics.map(({ type }) => type)).toContain('Resource');
    }
  });

  it('the database admits every service at its most, and the migration', () => {
    const pools = (['deciding', 'reading'] as const).map((use) => dataSource({ SERVICE: 'rating', DATABASE_URL: 'postgres://localhost/credit', READ_DATABASE_URL: undefined, DATABASE_PATIENCE_SECONDS: 20 }, use, []));
    const perReplica = pools.reduce((sum, { options }) => sum + (options as { extra: { max: number } }).extra.max, 0);
    const replicas = storing.reduce((sum, service) => sum + objectOf<Autoscaler>(objects, 'HorizontalPodAutoscaler', service).spec.maxReplicas, 0);
    const { instances, postgresql } = objectOf<PostgresCluster>(objects, 'Cluster', 'postgres').spec;
    expect(instances).toBeGreaterThan(1);
    const reserved = 10;
    expect(Number(postgresql.parameters['max_connections'])).toBeGreaterThanOrEqual(replicas * perReplica + reserved);
  });
});

describe('the cells of the province', () => {
  it('share nothing: neither namespace nor address nor place of backups', () => {
    const cells = cellsOf(province);
    expect(cells).toEqual(['credit-341524', 'credit-341525']);
    const ofCells = cells.map((cell) => {
      const objects = inPlace(province, cell);
      const route = objectOf<KubernetesObject & { spec: { hostnames: string[] } }>(objects, 'HTTPRoute', 'doors');
      const store = objectOf<KubernetesObject & { spec: { configuration: { destinationPath: string } } }>(objects, 'ObjectStore', 'backups');
      return { issuer: objectOf<Settled>(objects, 'ConfigMap', 'credit-village').data['OIDC_ISSUER'], host: route.spec.hostnames, backups: store.spec.configuration.destinationPath };
    });
    expect(ofCells).toEqual(
      cells.map((cell) => {
        const code = cell.replace('credit-', '');
        return { issuer: `https://${code}.credit.province.example/oidc`, host: [`${code}.credit.province.example`], backups: `s3://credit-village/${code}` };
      }),
    );
  });

  it('are all found by their division code at the door of the province', () => {
    const route = objectOf<KubernetesObject & { spec: { rules: { matches: { path: { value: string } }[]; filters: { requestRedirect: { hostname: string } }[] }[] } }>(province, 'HTTPRoute', 'by-division-code');
    const forwarded = route.spec.rules.map(({ matches, filters }) => [matches[0]?.path.value, filters[0]?.requestRedirect.hostname]);
    expect(forwarded).toEqual(cellsOf(province).map((cell) => cell.replace('credit-', '')).map((code) => [`/${code}`, `${code}.credit.province.example`]));
  });
});
