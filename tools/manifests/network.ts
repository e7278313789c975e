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
  readonly spec: { readonly podSelector: Selector; readonly policyTypes: readonly Direction[]; readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] };
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

export type Direction = 'Ingress' | 'Egress';

/**
 * 网络通路 — whether the policies of one side allow a TCP connection: `Egress` those of the pod that calls, `Ingress` those of the pod
 * that is called. A connection needs both; each is asked for itself, so that neither hides a gap of the other.
 */
export function lets(objects: readonly KubernetesObject[], direction: Direction, from: End, to: End, port: number): boolean {
  const [pod, other] = direction === 'Ingress' ? [to, from] : [from, to];
  const policies = objects.filter((object): object is NetworkPolicy => object.kind === 'NetworkPolicy' && object.metadata.namespace === pod.namespace);
  const concerned = policies.filter(({ spec }) => spec.policyTypes.includes(direction) && selects(spec.podSelector, pod.labels));
  if (concerned.length === 0) return true;
  const rules = concerned.flatMap(({ spec }) => (direction === 'Ingress' ? spec.ingress : spec.egress) ?? []);
  return rules.some((rule) => {
    const peers = direction === 'Ingress' ? rule.from : rule.to;
    const onPort = rule.ports === undefined || rule.ports.some((allowed) => allowed.protocol === 'TCP' && allowed.port === port);
    return onPort && (peers === undefined || peers.some((peer) => isPeer(peer, other, pod.namespace)));
  });
}
