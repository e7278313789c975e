import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import compose from './schemas/compose.json';
import kubernetes from './schemas/kubernetes.json';
import type { KubernetesObject } from './objects';

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'kubernetes', $defs: kubernetes.$defs });
const compiled = new Map<string, ValidateFunction>();
const kinds: Readonly<Record<string, string>> = kubernetes.kinds;

function validatorOf(type: string): ValidateFunction | undefined {
  const definition = kinds[type];
  if (definition === undefined) return undefined;
  const validate = compiled.get(type) ?? ajv.compile({ $ref: `kubernetes#/$defs/${definition}` });
  compiled.set(type, validate);
  return validate;
}

function faultsOf(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
}

/** What a Kubernetes object says that its kind does not know, or leaves out; a kind without a schema is a fault itself. */
export function objectFaults(object: KubernetesObject): string[] {
  const type = `${object.apiVersion}/${object.kind}`;
  const validate = validatorOf(type);
  return validate ? faultsOf(validate, object) : [`no schema for ${type}`];
}

const composeSchema = ajv.compile(compose);

/** The same for a compose file, against the Compose Specification. */
export function composeFaults(file: unknown): string[] {
  return faultsOf(composeSchema, file);
}
