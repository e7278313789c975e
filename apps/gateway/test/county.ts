import { tmpdir } from 'node:os';
import { Problem, type Service, services } from '@credit/contracts';
import { type RunningService, startService } from '@credit/platform';
import { type GraphAnswer, makeSecrets } from '@credit/testing';
import { gateway } from '../src/gateway.service';
import { type OpenIdIssuer, startOpenIdIssuer } from './openid-issuer';
import { type PeerGraph, startPeerGraph } from './peer-graph';

type Peer = Exclude<Service, 'gateway'>;
const peerNames = services.filter((service): service is Peer => service !== 'gateway');

/** The archive knows every household; what a bearer may not see is null. */
const archives = `
  type Query {
    household(id: ID!): Household
    households(first: Int = 20): [Household!]!
    householdsByIds(ids: [ID!]!): [Household]!
    importJob(id: ID!): Job
    """农户名册"""
    register(under: String!, filed: Boolean, first: Int, after: String): HouseholdPage!
  }
  type Mutation { verify(householdId: ID!, requestId: String!): Boolean! }
  type Household { id: ID! """户主""" name: String! }
  type HouseholdPage { rows: [Household!]! nextCursor: String }
  type Job { id: ID! state: String! done: Int! total: Int! }
`;
const civility = `
  type Query { householdsByIds(ids: [ID!]!): [Household]! }
  type Household { id: ID! scores: [Score!] }
  type Score { score: String! household: Household! }
`;

const identity = `
  type Query { identityDoor: Boolean }
  type Mutation { noteExport(input: NoteExportArgs!): Noted! }
  input NoteExportArgs { requestId: String! list: String! }
  type Noted { list: String! }
`;

export const publicUrl = 'http://credit.example';
export const hidden = 'h-hidden';

export interface County {
  readonly url: string;
  readonly issuer: OpenIdIssuer;
  readonly peers: Readonly<Record<Peer, PeerGraph>>;
  /** The states that the import named `id` will be found in, one after another. */
  readonly imports: Map<string, { state: string; done: number; total: number }[]>;
  /** Lists that were noted as exported; whoever may not is said so by emptying `allowed`. */
  readonly exports: { readonly noted: string[]; allowed: boolean };
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  graph<T = Record<string, unknown>>(query: string, variables?: Readonly<Record<string, unknown>>, token?: string): Promise<GraphAnswer<T>>;
  close(): Promise<void>;
}

function household(id: string): object | null {
  return id === hidden ? null : { id, name: `${id}*`, scores: () => [{ score: '95.00', household: () => household(id) }] };
}

function exporting(exports: County['exports']): (asked: { input: { list: string } }) => object {
  return ({ input: { list } }) => {
    if (!exports.allowed) throw new Problem('access.denied', { action: 'list.export' });
    exports.noted.push(list);
    return { list };
  };
}

async function startPeers(imports: County['imports'], exports: County['exports']): Promise<Record<Peer, PeerGraph>> {
  const householdsByIds = ({ ids }: { ids: string[] }): (object | null)[] => ids.map(household);
  const archive = {
    household: ({ id }: { id: string }) => {
      if (id === 'outside') throw new Problem('access.outside-division', { divisionCode: '341525110000' }, [], '请改派本镇事项');
      return household(id);
    },
    households: ({ first }: { first: number }) => Array.from({ length: Math.min(first, 3) }, (_one, at) => household(`h-${at}`)),
    householdsByIds: ({ ids }: { ids: string[] }) => ids.map((id) => ({ id, name: `${id}*` })),
    register: ({ under, filed, after }: { under: string; filed?: boolean; after?: string | null }) => {
      if (under === 'outside') throw new Problem('access.outside-division', { divisionCode: under });
      return after ? { rows: [household('h-9')], nextCursor: null } : { rows: [household(filed ? '=1+1' : 'h-1')], nextCursor: 'more' };
    },
    importJob: ({ id }: { id: string }) => {
      const states = imports.get(id);
      if (!states) throw new Problem('not-found', { id });
      return { id, ...(states.length > 1 ? states.shift() : states[0]) };
    },
    verify: ({ householdId }: { householdId: string }) => {
      if (householdId === 'broken') throw new Error('34152519000101 张三 at /srv/archives');
      throw new Problem('input.invalid', {}, [{ path: 'householdId', message: '请填写户编号' }]);
    },
  };
  const started = await Promise.all(
    peerNames.map(async (name) => {
      if (name === 'archives') return [name, await startPeerGraph(archives, archive)] as const;
      if (name === 'identity') return [name, await startPeerGraph(identity, { noteExport: exporting(exports) })] as const;
      if (name === 'civility') return [name, await startPeerGraph(civility, { householdsByIds })] as const;
      return [name, await startPeerGraph(`type Query { ${name}Door: Boolean }`)] as const;
    }),
  );
  return Object.fromEntries(started) as Record<Peer, PeerGraph>;
}

/** The real gateway before small services, and an OpenID provider. `down` services have not started yet. */
export async function startCounty(options: { readonly down?: readonly Peer[]; readonly settings?: object; readonly environment?: Readonly<Record<string, string>> } = {}): Promise<County> {
  const imports: County['imports'] = new Map();
  const exports: County['exports'] = { noted: [], allowed: true };
  const [peers, issuer, secrets] = await Promise.all([startPeers(imports, exports), startOpenIdIssuer(), makeSecrets()]);
  await Promise.all((options.down ?? []).map((name) => peers[name].stop()));
  const running: RunningService = await startService(gateway, {
    PORT: '0',
    NODE_ENV: 'test',
    PEERS: JSON.stringify(Object.fromEntries(peerNames.map((name) => [name, peers[name].url]))),
    OIDC_ISSUER: issuer.issuer,
    OIDC_JWKS_URL: issuer.jwksUrl,
    SERVICE_KEY: JSON.stringify(secrets.serviceKeys.gateway),
    SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys),
    DATA_KEYS: secrets.dataKeys,
    HASH_KEY: secrets.hashKey,
    AUDIT_EXPORT_DIR: tmpdir(),
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    SETTINGS: JSON.stringify({ publicUrl, ...options.settings }),
    ...options.environment,
  });
  const post: County['post'] = (body, headers = {}) => fetch(`${running.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return {
    url: running.url,
    issuer,
    peers,
    imports,
    exports,
    post,
    graph: async <T>(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string) =>
      (await (await post(JSON.stringify({ query, variables }), token ? { authorization: `Bearer ${token}` } : {})).json()) as GraphAnswer<T>,
    close: async () => {
      await running.close();
      await Promise.all([issuer.close(), ...peerNames.map((name) => peers[name].stop())]);
    },
  };
}
