import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { ManifestFault, readYaml } from './objects';

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly resources: { readonly limits: { readonly cpus: string; readonly memory: string } } };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean; readonly ipam?: { readonly config: readonly { readonly gateway: string }[] } }>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const reference = /\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})/g;

/** `${NAME}`, `${NAME:-instead}`, `${NAME:?why}` and `$$`, as docker compose reads them. */
function filledIn(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(reference, (_, dollar: string | undefined, name: string, rule: string | undefined, rest: string) => {
    if (dollar) return '$';
    const value = environment[name];
    if (value) return value;
    if (rule === '-') return rest;
    throw new ManifestFault(`docker-compose.yml: ${name} ${rest ?? 'is not set'}`);
  });
}

function filledInAll(value: unknown, environment: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return filledIn(value, environment);
  if (Array.isArray(value)) return value.map((item) => filledInAll(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filledInAll(inner, environment)]));
}

/** The compose file with an operator's `.env` filled in; its schema is checked apart. */
export function readCompose(environment: Readonly<Record<string, string>>): ComposeFile {
  const [file] = readYaml(join(repositoryRoot(), 'docker-compose.yml'));
  return filledInAll(file, environment) as ComposeFile;
}
