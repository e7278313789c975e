import type { KubernetesObject, Labels } from './objects';

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number }[];
}

interface NetworkPolicy extends KubernetesObject {
  readonly kind: 'NetworkPolicy';
  readonly spec: { readonly podSelector: Selector; readonly policyTypes: readonly ('Ingress' | 'Egress')[]; readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] };
}

/** One end of a connection: a pod, or, with nothing but a namespace's labels, somebody outside. */
export interface End {
  readonly name: string;
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const expressed = matchExpressions.every(({ key, operator, values = [] }) => {
    if (operator !== 'In') throw new Error(`the operator ${operator} is not read here`);
    return values.includes(labels[key] ?? '');
  });
  return expressed && Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

/** A block of addresses lets in and out of the cluster; between pods it counts for nothing here. */
function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, other: End, namespace: string): boolean {
  if (ipBlock) return false;
  const inPlace = namespaceSelector ? selects(namespaceSelector, other.namespaceLabels) : other.namespace === namespace;
  return inPlace && selects(podSelector ?? {}, other.labels);
}

function lets(policies: readonly NetworkPolicy[], direction: 'Ingress' | 'Egress', pod: End, other: End, port: number): boolean {
  const concerned = policies.filter(({ metadata, spec }) => metadata.namespace === pod.namespace && spec.policyTypes.includes(direction) && selects(spec.podSelector, pod.labels));
  if (concerned.length === 0) return true;
  const rules = concerned.flatMap(({ spec }) => (direction === 'Ingress' ? spec.ingress : spec.egress) ?? []);
  return rules.some((rule) => {
    const peers = direction === 'Ingress' ? rule.from : rule.to;
    const onPort = rule.ports === undefined || rule.ports.some((allowed) => allowed.protocol === 'TCP' && allowed.port === port);
    return onPort && (peers === undefined || peers.some((peer) => isPeer(peer, other, pod.namespace)));
  });
}

/** 网络通路 — whether a TCP connection is let out of the one pod and into the other, as the policies say together. */
export function mayConnect(objects: readonly KubernetesObject[], from: End, to: End, port: number): boolean {
  const policies = objects.filter((object): object is NetworkPolicy => object.kind === 'NetworkPolicy');
  return lets(policies, 'Egress', from, to, port) && lets(policies, 'Ingress', to, from, port);
}
