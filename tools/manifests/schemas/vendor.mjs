// Makes the schemas beside this file from npm packages, unpacked side by side in one folder (README.md names them and their versions).
// Usage: node tools/manifests/schemas/vendor.mjs <folder>
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { interfaceSchemas } from './interface-schemas.mjs';

const [folder] = process.argv.slice(2);

function reachable(definitions, roots) {
  const kept = new Map();
  const visit = (id) => {
    if (kept.has(id)) return;
    if (!definitions[id]) throw new Error(`${id} is not described`);
    kept.set(id, definitions[id]);
    for (const [, next] of JSON.stringify(definitions[id]).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) visit(next);
  };
  roots.forEach(visit);
  return Object.fromEntries([...kept].toSorted(([left], [right]) => left.localeCompare(right)));
}

function write(file, definitions, head = {}) {
  const lines = Object.entries(definitions).map(([id, schema]) => `    ${JSON.stringify(id)}: ${JSON.stringify(schema)}`);
  const members = [...Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`), `  "$defs": {\n${lines.join(',\n')}\n  }`];
  writeFileSync(new URL(file, import.meta.url), `{\n${members.join(',\n')}\n}\n`);
}

const described = interfaceSchemas(['apimachinery', 'kubernetes-models', 'cloudnative-pg', 'gateway-api'].map((name) => join(folder, name)));
// The backup plugin's own object is in no package; its configuration is.
described.ObjectStore = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  additionalProperties: false,
  properties: {
    apiVersion: { enum: ['barmancloud.cnpg.io/v1'] },
    kind: { enum: ['ObjectStore'] },
    metadata: { $ref: '#/$defs/IoK8sApimachineryPkgApisMetaV1ObjectMeta' },
    spec: {
      type: 'object',
      required: ['configuration'],
      additionalProperties: false,
      properties: {
        configuration: { $ref: '#/$defs/ComGithubCloudnativePgBarmanCloudPkgApiBarmanObjectStoreConfiguration' },
        retentionPolicy: { type: 'string', pattern: '^[1-9][0-9]*[dwm]$' },
      },
    },
  },
};
const kinds = {
  'v1/ConfigMap': 'IoK8sApiCoreV1ConfigMap',
  'v1/Namespace': 'IoK8sApiCoreV1Namespace',
  'v1/PersistentVolumeClaim': 'IoK8sApiCoreV1PersistentVolumeClaim',
  'v1/Service': 'IoK8sApiCoreV1Service',
  'v1/ServiceAccount': 'IoK8sApiCoreV1ServiceAccount',
  'apps/v1/Deployment': 'IoK8sApiAppsV1Deployment',
  'apps/v1/StatefulSet': 'IoK8sApiAppsV1StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler': 'IoK8sApiAutoscalingV2HorizontalPodAutoscaler',
  'batch/v1/Job': 'IoK8sApiBatchV1Job',
  'networking.k8s.io/v1/Ingress': 'IoK8sApiNetworkingV1Ingress',
  'networking.k8s.io/v1/NetworkPolicy': 'IoK8sApiNetworkingV1NetworkPolicy',
  'policy/v1/PodDisruptionBudget': 'IoK8sApiPolicyV1PodDisruptionBudget',
  'postgresql.cnpg.io/v1/Cluster': 'ComGithubCloudnativePgCloudnativePgApiV1Cluster',
  'postgresql.cnpg.io/v1/ScheduledBackup': 'ComGithubCloudnativePgCloudnativePgApiV1ScheduledBackup',
  'barmancloud.cnpg.io/v1/ObjectStore': 'ObjectStore',
  'gateway.networking.k8s.io/v1/Gateway': 'IoK8sSigsGatewayApiApisV1Gateway',
  'gateway.networking.k8s.io/v1/HTTPRoute': 'IoK8sSigsGatewayApiApisV1HTTPRoute',
};
write('kubernetes.json', reachable(described, Object.values(kinds)), { kinds });

// The converter carries the Compose Specification as one object literal.
const converter = readFileSync(join(folder, 'composeverter/dist/composeverter.js'), 'utf8');
const start = converter.indexOf('{$id:"compose_spec.json"');
let depth = 0;
let end = start;
for (let inText = false; ; end += 1) {
  if (converter[end] === '"' && converter[end - 1] !== '\\') inText = !inText;
  if (inText) continue;
  if (converter[end] === '{') depth += 1;
  if (converter[end] === '}' && (depth -= 1) === 0) break;
}
const { $id: _, definitions, ...compose } = JSON.parse(JSON.stringify(vm.runInNewContext(`(${converter.slice(start, end + 1)})`)));
const plain = (value) => JSON.parse(JSON.stringify(value, (key, inner) => (['description', '$id'].includes(key) && typeof inner === 'string' ? undefined : inner)).replaceAll('#/definitions/', '#/$defs/'));
write('compose.json', plain(definitions), plain(compose));
