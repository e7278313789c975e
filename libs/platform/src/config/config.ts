import { readFileSync } from 'node:fs';
import { services, type Service } from '@credit/contracts';
import { z } from 'zod';

/** What is wrong with a value, never the value itself: many of them are secrets. */
const json = <S extends z.ZodType>(shape: S) =>
  z.string().transform((text, context): z.output<S> => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
    const parsed = shape.safeParse(value);
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
    context.addIssue({ code: 'custom', message: `is not the JSON expected (${faults.join('; ')})` });
    return z.NEVER;
  });

const jwk = z.looseObject({ kty: z.string(), kid: z.string() });
const jwks = z.object({ keys: z.array(jwk).min(1) });
const flag = z.enum(['true', 'false']).default('false').transform((text) => text === 'true');
const seconds = (fallback: number) => z.coerce.number().positive().default(fallback);

const environment = z.object({
  SERVICE: z.enum(services),
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  DATABASE_URL: z.string().startsWith('postgres').default(''),
  /** Reads that decide nothing may go to a replica; by default to the same database. */
  READ_DATABASE_URL: z.string().startsWith('postgres').optional(),
  QUEUE_URL: z.string().regex(/^(postgres|rediss?|redis-cluster|redis-sentinel)/).default(''),
  PEERS: json(z.partialRecord(z.enum(services), z.url())),
  OIDC_ISSUER: z.url(),
  /** Where this deployment reads the issuer's keys; by default the issuer's own document. */
  OIDC_JWKS_URL: z.url().optional(),
  OIDC_AUDIENCE: z.string().default('urn:credit-village'),
  SERVICE_KEY: json(jwk),
  SERVICE_PUBLIC_KEYS: json(jwks),
  /** `id:base64` pairs, the current key first. 32 bytes each. */
  DATA_KEYS: z.string().regex(/^[\w-]+:[A-Za-z0-9+/=]{43,44}(,[\w-]+:[A-Za-z0-9+/=]{43,44})*$/),
  HASH_KEY: z.string().min(32),
  SANDBOX: flag,
  AUDIT_EXPORT_DIR: z.string().min(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RELAY_EVERY_SECONDS: seconds(2),
  REPAIR_EVERY_SECONDS: seconds(180),
  SEAL_EVERY_SECONDS: seconds(3),
  /** A statement that takes longer is undone; a connection on which nothing was heard for half as long again has gone away. */
  DATABASE_PATIENCE_SECONDS: seconds(20),
  MESSAGE_RETRY_SECONDS: seconds(0.5),
  /** A process silent for so long has gone away: the messages it had taken go to another. */
  MESSAGE_SILENCE_SECONDS: seconds(30),
  /** Addresses or networks of the proxies before this service, comma separated: only what they say about the caller's address is believed. */
  TRUST_PROXY: z.string().regex(/^[\d.:a-fA-F/, ]+$/).optional(),
  /** 链路追踪 — the collector that takes spans by OTLP over HTTP; without it none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** The share of traces that are recorded; a trace begun elsewhere is recorded when it is there. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** 频率限制 — requests a minute with one credential, and from one address, in each replica. */
  RATE_PER_CALLER: z.coerce.number().int().positive().default(1_200),
  RATE_PER_ADDRESS: z.coerce.number().int().positive().default(12_000),
  /** 省平台 — the county that reports; without it nothing leaves and the province's own doors are closed. */
  PROVINCE_COUNTY: z.string().regex(/^\d{12}$/, 'is not a division code of 12 digits').optional(),
  /** Where batches are pushed to; without it the province pulls. */
  PROVINCE_URL: z.url().optional(),
  PROVINCE_TOKEN_URL: z.url().optional(),
  PROVINCE_CLIENT_ID: z.string().optional(),
  PROVINCE_CLIENT_SECRET: z.string().optional(),
  /** Mutual TLS, as PEM: this county's certificate and key, and the authority that signed the province's. */
  PROVINCE_TLS_CERT: z.string().optional(),
  PROVINCE_TLS_KEY: z.string().optional(),
  PROVINCE_TLS_CA: z.string().optional(),
  /** SM2 private key (PKCS#8 PEM): manifests are then signed with SM2 and SM3 instead of Ed25519. */
  PROVINCE_SM2_KEY: z.string().optional(),
  /** Settings of one service, read by that service with a schema of its own. */
  SETTINGS: json(z.record(z.string(), z.unknown())).default({}),
});

/** 配置项 — every variable a service reads; each may be given as `NAME_FILE` too. What a deployment sets beyond these is read by nobody. */
export const knownVariables: readonly string[] = Object.keys(environment.shape);

/** 服务配置 — everything a service is told from outside, read once at start. */
export type Config = z.output<typeof environment> & { readonly production: boolean };

export class ConfigError extends Error {}

type Source = Readonly<Record<string, string | undefined>>;

/** The variable, or the text of the file that `NAME_FILE` names; undefined when neither is given. An empty one is not given. */
function given(source: Source, name: string): string | undefined {
  const file = source[`${name}_FILE`];
  if (source[name] || !file) return source[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    throw new ConfigError(`${name}_FILE: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

/**
 * Reads the configuration of one service. Every variable may also be given as `NAME_FILE`, the path of a file that holds
 * it (secrets of an orchestrator). All faults are printed at once; a service with a fault does not start.
 */
export function loadConfig(source: Source): Config {
  const values: Record<string, string> = {};
  const faults = new Map<string, string>();
  for (const name of knownVariables) {
    try {
      const value = given(source, name);
      if (value !== undefined) values[name] = value;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.set(name, error.message);
    }
  }
  const parsed = environment.safeParse(values);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]);
    if (!faults.has(name)) faults.set(name, `${name}: ${values[name] === undefined ? 'is missing' : message}`);
  }
  if (values['SERVICE'] !== 'gateway') {
    for (const name of ['DATABASE_URL', 'QUEUE_URL']) if (!values[name] && !faults.has(name)) faults.set(name, `${name}: is missing`);
  }
  const production = values['NODE_ENV'] === 'production';
  if (production && values['SANDBOX'] === 'true') faults.set('SANDBOX', 'SANDBOX: a production system has no sandbox clock; remove SANDBOX or NODE_ENV=production');
  if (faults.size > 0 || !parsed.success) {
    throw new ConfigError(`配置有误，服务不启动 / faults in the configuration:\n${[...faults.values()].map((fault) => `  - ${fault}`).join('\n')}`);
  }
  return { ...parsed.data, production };
}

/** One secret of a command line tool: the variable, or the file that `NAME_FILE` names. */
export function readSecret(source: Source, name: string): string {
  const value = given(source, name);
  if (!value) throw new ConfigError(`缺少配置 ${name}（或 ${name}_FILE） / ${name} is missing`);
  return value;
}

/** Only the services that really run may be addressed; a missing peer is a fault of the deployment. */
export function peerUrl(config: Config, service: Service): string {
  const url = config.PEERS[service];
  if (url === undefined) throw new ConfigError(`PEERS: no address for ${service}`);
  return url.replace(/\/$/, '');
}
