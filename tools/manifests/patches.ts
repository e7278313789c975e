import { z } from 'zod';
import { ManifestFault } from './objects';

type Json = unknown;
type JsonMap = Record<string, Json>;

const isMap = (value: Json): value is JsonMap => typeof value === 'object' && value !== null && !Array.isArray(value);
const namesOf = (list: readonly Json[]): string[] => list.flatMap((item) => (isMap(item) && typeof item['name'] === 'string' ? [item['name']] : []));

/** Lists of named things are merged by name (containers, variables, volumes); every other list is replaced. */
function mergeLists(base: readonly Json[], patch: readonly Json[]): Json[] {
  if (namesOf(base).length < base.length || namesOf(patch).length < patch.length) return [...patch];
  const patched = new Map(patch.map((item) => [(item as JsonMap)['name'], item]));
  const kept = base.map((item) => {
    const name = (item as JsonMap)['name'];
    const change = patched.get(name);
    patched.delete(name);
    return change === undefined ? item : mergePatch(item, change);
  });
  return [...kept, ...patched.values()];
}

/** 合并补丁 — a strategic merge as far as these manifests use it: null removes, maps are merged, lists see above. */
export function mergePatch(base: Json, patch: Json): Json {
  if (Array.isArray(base) && Array.isArray(patch)) return mergeLists(base, patch);
  if (!isMap(base) || !isMap(patch)) return patch;
  const merged: JsonMap = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = key in base ? mergePatch(base[key], value) : value;
  }
  return merged;
}

/** What an overlay changes has to be there already: otherwise the patch hits nothing. */
export const operations = z.array(z.strictObject({ op: z.literal('replace'), path: z.string().startsWith('/'), value: z.json() })).min(1);

function step(holder: Json, key: string, path: string): Json {
  const value = Array.isArray(holder) ? holder[Number(key)] : isMap(holder) ? holder[key] : undefined;
  if (value === undefined) throw new ManifestFault(`${path}: there is nothing to replace`);
  return value;
}

/** 逐项补丁 — JSON Patch, `replace` only. */
export function applyOperations(object: Json, wanted: z.output<typeof operations>): Json {
  const result: Json = structuredClone(object);
  for (const { path, value } of wanted) {
    const keys = path.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    const holder = keys.reduce((inner, key) => step(inner, key, path), result);
    step(holder, last, path);
    (holder as JsonMap)[last] = value;
  }
  return result;
}

