import { join } from 'node:path';
import * as contracts from '@credit/contracts';
import { type InternalRead, type Service, services } from '@credit/contracts';
import { repositoryRoot } from '@credit/platform';
import { readCompose } from './compose';
import { build } from './kustomize';
import { type Direction, type End, lets } from './network';
import { type KubernetesObject, type Labels, objectOf, workloadsOf } from './objects';
import { serviceRoutes } from './routes';

const overlays = join(repositoryRoot(), 'k8s/overlays');
const county = build(join(overlays, 'county'));
const province = build(join(overlays, 'province'));
const storing = services.filter((service) => service !== 'gateway');

const outside = (name: string, namespaceLabels: Labels): End => ({ name, namespace: name, namespaceLabels, labels: { 'k8s-app': name } });
const anybody = outside('somebody-else', { 'kubernetes.io/metadata.name': 'somebody-else' });
const prometheus = outside('prometheus', { 'credit-village/metrics': 'true' });
const ingress = outside('ingress', { 'credit-village/ingress': 'true' });
const collector = outside('collector', { 'credit-village/traces': 'true' });

function podsOf(objects: readonly KubernetesObject[], namespace: string): Map<string, End> {
  const database = objectOf<KubernetesObject & { spec: { inheritedMetadata: { labels: Labels } } }>(objects, 'Cluster', 'postgres');
  const labelled: [string, Labels][] = [...workloadsOf(objects).map(({ metadata, spec }): [string, Labels] => [metadata.name, spec.template.metadata.labels]), ['postgres', database.spec.inheritedMetadata.labels]];
  return new Map(labelled.map(([name, labels]) => [name, { name, namespace, namespaceLabels: { 'kubernetes.io/metadata.name': namespace }, labels }]));
}

/** 服务间调用 — as the contracts list them: each read from its callers to its owner, every graph to the gateway, identity's keys to all. */
function lawfulCalls(): Set<string> {
  const groups = Object.entries(contracts).flatMap(([name, value]) => (name.endsWith('Reads') ? [value as Readonly<Record<string, InternalRead>>] : []));
  const ownersOf = ({ owner }: InternalRead): readonly Service[] => (owner === 'any' ? storing : [owner]);
  const reads = groups.flatMap((group) => Object.values(group)).flatMap((read) => read.callers.flatMap((caller) => ownersOf(read).map((owner) => `${caller} → ${owner}`)));
  return new Set([...reads, ...storing.map((service) => `gateway → ${service}`), ...services.map((service) => `${service} → identity`)]);
}

describe('the network of the county', () => {
  const pods = podsOf(county, 'credit-village');
  const connecting = (direction: Direction, ends: Iterable<End>, to: string, port: number): string[] => {
    const target = pods.get(to);
    if (!target) throw new Error(`${to} does not run`);
    return [...ends].filter((from) => lets(county, direction, from, target, port)).map(({ name }) => name).toSorted();
  };
  const inside = [...pods.values()];
  const strangers = [anybody, prometheus, ingress];

  describe.each(['Ingress', 'Egress'] as const)('%s', (direction) => {
    it('lets services call each other exactly as the contracts say', () => {
      const found = services.flatMap((to) => connecting(direction, inside, to, 8080).map((from) => `${from} → ${to}`));
      expect(found.toSorted()).toEqual([...lawfulCalls()].toSorted());
    });

    it('lets only services that store, and the migration, to the database, and only the former to the queue', () => {
      expect(connecting(direction, inside, 'postgres', 5432)).toEqual([...storing, 'migrate', 'postgres'].toSorted());
      expect(connecting(direction, inside, 'redis', 6379)).toEqual([...storing].toSorted());
    });

    it('lets nobody reach the migration', () => {
      expect(connecting(direction, inside, 'migrate', 8080)).toEqual([]);
    });
  });

  it('lets nobody else in, but Prometheus to the metrics and the ingress controller to the doors', () => {
    const doorways = new Set(doorsOfCounty().map(({ service }) => service));
    for (const service of services) expect([service, connecting('Ingress', strangers, service, 8080)]).toEqual([service, [...(doorways.has(service) ? ['ingress'] : []), 'prometheus']]);
    expect(connecting('Ingress', strangers, 'redis', 9121)).toEqual(['prometheus']);
    expect(connecting('Ingress', strangers, 'postgres', 9187)).toEqual(['prometheus']);
    for (const [pod, port] of [['postgres', 5432], ['redis', 6379], ['migrate', 8080]] as const) expect(connecting('Ingress', strangers, pod, port)).toEqual([]);
  });

  it('lets every service send its traces to the collector, and nobody else', () => {
    const sending = inside.filter((from) => lets(county, 'Egress', from, collector, 4318)).map(({ name }) => name);
    expect(sending.toSorted()).toEqual([...services].toSorted());
  });

  it('lets only the gateway out to the ingress controller, where the issuer’s public name leads', () => {
    const controllerPort = 8443;
    expect(inside.filter((from) => lets(county, 'Egress', from, ingress, controllerPort)).map(({ name }) => name)).toEqual(['gateway']);
  });
});

describe('the cells of a province', () => {
  it('cannot reach each other', () => {
    const [first, second] = ['credit-341524', 'credit-341525'].map((cell) => podsOf(province.filter(({ metadata }) => metadata.namespace === cell), cell));
    const reached = [...(first ?? [])].flatMap(([, from]) => [...(second ?? [])].filter(([, to]) => [8080, 5432, 6379].some((port) => lets(province, 'Ingress', from, to, port) || lets(province, 'Egress', from, to, port))));
    expect(reached).toEqual([]);
  });
});

interface Door {
  readonly service: Service;
  readonly path: string;
  readonly exact: boolean;
}

interface IngressObject extends KubernetesObject {
  readonly spec: { readonly rules: readonly { readonly http: { readonly paths: readonly { readonly path: string; readonly pathType: string; readonly backend: { readonly service: { readonly name: Service } } }[] } }[] };
}

interface HttpRoute extends KubernetesObject {
  readonly spec: { readonly rules: readonly { readonly matches: readonly { readonly path: { readonly type: string; readonly value: string } }[]; readonly backendRefs: readonly { readonly name: Service }[] }[] };
}

function doorsOfCounty(): Door[] {
  const { spec } = objectOf<IngressObject>(county, 'Ingress', 'doors');
  return spec.rules.flatMap(({ http }) => http.paths.map(({ path, pathType, backend }) => ({ service: backend.service.name, path, exact: pathType === 'Exact' })));
}

function doorsOfCell(): Door[] {
  const { spec } = objectOf<HttpRoute>(province.filter(({ metadata }) => metadata.namespace === 'credit-341525'), 'HTTPRoute', 'doors');
  return spec.rules.flatMap(({ matches, backendRefs }) => matches.flatMap(({ path }) => backendRefs.map(({ name }) => ({ service: name, path: path.value, exact: path.type === 'Exact' }))));
}

const opens = ({ path, exact }: Door, route: string): boolean => route === path || (!exact && route.startsWith(`${path.replace(/\/$/, '')}/`));
/** The longest door wins, as an ingress controller chooses. */
const doorFor = (doors: readonly Door[], route: string): Door | undefined => doors.filter((door) => opens(door, route)).toSorted((left, right) => right.path.length - left.path.length)[0];

describe.each([
  ['the county', doorsOfCounty()],
  ['a cell of the province', doorsOfCell()],
] as const)('the doors of %s', (_, doors) => {
  // A new controller's path is written into k8s/components/doors/ingress.yaml and k8s/overlays/province/cell/route.yaml.
  it.each(services)('lead to every page and interface of %s, and not to its sandbox clock', (service) => {
    for (const route of serviceRoutes(service)) {
      const open = doorFor(doors, route)?.service === service;
      expect([route, open]).toEqual([route, !route.startsWith('/sandbox/')]);
    }
  });

  it('lead to no probe, no metrics, no internal read, no operators’ door and no service’s own graph but the gateway’s', () => {
    for (const route of ['/healthz', '/readyz', '/metrics', '/internal/outbox', '/ops/parked', '/sandbox/clock']) expect([route, doorFor(doors, route)]).toEqual([route, undefined]);
    expect(doorFor(doors, '/graphql')?.service).toBe('gateway');
    expect(doorFor(doors, '/oidc/jwks')?.service).toBe('identity');
  });

  it('lead somewhere, each of them', () => {
    for (const door of doors) {
      const known = [...serviceRoutes(door.service), '/graphql', '/oidc/jwks'];
      expect([door.path, known.some((route) => opens(door, route))]).toEqual([door.path, true]);
    }
  });
});

it('one server publishes a port, to its own proxy, for exactly the services that have a door', () => {
  const { services: composed } = readCompose({ OIDC_ISSUER: 'https://credit.county.example/oidc' });
  const published = Object.entries(composed).flatMap(([name, { ports = [] }]) => (ports.length > 0 ? [name] : []));
  expect(published.toSorted()).toEqual([...new Set(doorsOfCounty().map(({ service }) => service))].toSorted());
});
