import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './kustomize';
import { objectFaults } from './schemas';

const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, labels: { role: it } }\ndata: { A: "1", B: "2" }\n';

describe('a kustomization', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'credit-village-kustomize-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  it('takes a base, patches it and puts it into its namespace', () => {
    write({
      'base/kustomization.yaml': `${head}resources: [settings.yaml]\n`,
      'base/settings.yaml': settings,
      'kustomization.yaml': `${head}namespace: county\nresources: [base]\npatches:\n  - target: { kind: ConfigMap, labelSelector: role=it }\n    path: patch.yaml\n  - target: { kind: ConfigMap, name: settings }\n    patch: '[{ op: replace, path: /data/A, value: "3" }]'\n`,
      'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: any }\ndata: { B: null, C: "4" }\n',
    });
    expect(build(folder)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'county', labels: { role: 'it' } }, data: { A: '3', C: '4' } }]);
  });

  it.each([
    ['a resource that does not exist', 'resources: [nothing.yaml]\n', 'nothing.yaml is missing'],
    ['a patch that hits no object', 'resources: [settings.yaml]\npatches:\n  - target: { kind: ConfigMap, name: other }\n    patch: "data: {}"\n', 'hits nothing'],
    ['a patch of a field that is not there', `resources: [settings.yaml]\npatches:\n  - target: { kind: ConfigMap }\n    patch: '[{ op: replace, path: /data/Z, value: "1" }]'\n`, 'nothing to replace'],
    ['an object that is there twice', 'resources: [settings.yaml, settings.yaml]\n', 'is there twice'],
    ['a field it does not know', 'resource: [settings.yaml]\n', 'Unrecognized key'],
    ['YAML with a key said twice', 'resources: [doubled.yaml]\n', 'Map keys must be unique'],
  ])('refuses %s', (_, text, fault) => {
    const patch = text.replace('patch: "data: {}"', 'patch: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: {} }"');
    write({ 'kustomization.yaml': `${head}${patch}`, 'settings.yaml': settings, 'doubled.yaml': `${settings}data: {}\n` });
    expect(() => build(folder)).toThrow(fault);
  });
});

describe('a schema', () => {
  const deployment = (container: object): Parameters<typeof objectFaults>[0] =>
    ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'rating' },
      spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'service', image: 'x:1', ...container }] } } },
    }) as Parameters<typeof objectFaults>[0];

  it('accepts what Kubernetes does, and finds slips in depth', () => {
    expect(objectFaults(deployment({ ports: [{ containerPort: 8080 }] }))).toEqual([]);
    expect(objectFaults(deployment({ ports: [{ containerPort: '8080' }] }))).toEqual([expect.stringContaining('/ports/0/containerPort must be number')]);
    expect(objectFaults(deployment({ readynessProbe: {} }))).toEqual([expect.stringContaining('readynessProbe')]);
    expect(objectFaults(deployment({ imagePullPolicy: 'Sometimes' }))).toEqual([expect.stringContaining('/imagePullPolicy must be equal to one of the allowed values')]);
  });

  it('refuses a kind that nobody described', () => {
    expect(objectFaults({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } })).toEqual(['no schema for v1/Secret']);
  });
});
