import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';
import { type KubernetesObject, type Labels, ManifestFault, readYaml } from './objects';
import { applyOperations, mergePatch, operations } from './patches';

const target = z.strictObject({ kind: z.string(), name: z.string().optional(), labelSelector: z.string().regex(/^[\w./-]+=[\w.-]+$/).optional() });
const kustomization = z.strictObject({
  apiVersion: z.enum(['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1']),
  kind: z.enum(['Kustomization', 'Component']),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  components: z.array(z.string()).default([]),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).default([]),
  patches: z.array(z.strictObject({ path: z.string().optional(), patch: z.string().optional(), target })).default([]),
});
type Kustomization = z.output<typeof kustomization>;
type Patch = Kustomization['patches'][number];

const anyObject = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) });

const shown = (path: string): string => relative(repositoryRoot(), path);

function readKustomization(folder: string): Kustomization {
  const file = join(folder, 'kustomization.yaml');
  if (!existsSync(file)) throw new ManifestFault(`${shown(file)} is missing`);
  const read = kustomization.safeParse(readYaml(file)[0]);
  if (!read.success) throw new ManifestFault(`${shown(file)}: ${z.prettifyError(read.error)}`);
  return read.data;
}

function readObjects(file: string): KubernetesObject[] {
  return readYaml(file).map((document) => {
    const read = anyObject.safeParse(document);
    if (!read.success) throw new ManifestFault(`${shown(file)}: ${z.prettifyError(read.error)}`);
    return document as KubernetesObject;
  });
}

function resource(path: string, from: string): KubernetesObject[] {
  if (!existsSync(path)) throw new ManifestFault(`${shown(from)}: resource ${shown(path)} is missing`);
  return statSync(path).isDirectory() ? build(path) : readObjects(path);
}

function isTarget(object: KubernetesObject, { kind, name, labelSelector }: Patch['target']): boolean {
  const [key = '', value] = labelSelector?.split('=') ?? [];
  return object.kind === kind && (name === undefined || object.metadata.name === name) && (labelSelector === undefined || object.metadata.labels?.[key] === value);
}

function patchOf({ path, patch }: Patch, folder: string): (object: KubernetesObject) => KubernetesObject {
  if ((path === undefined) === (patch === undefined)) throw new ManifestFault(`${shown(folder)}: a patch is a file or a text`);
  const change: unknown = path === undefined ? parse(patch ?? '') : readYaml(join(folder, path))[0];
  if (Array.isArray(change)) {
    const wanted = operations.parse(change);
    return (object) => applyOperations(object, wanted) as KubernetesObject;
  }
  const { apiVersion: _, kind: __, metadata, ...rest } = anyObject.parse(change);
  const { name: ___, ...otherMetadata } = metadata;
  return (object) => mergePatch(object, { metadata: otherMetadata, ...rest }) as KubernetesObject;
}

function patched(objects: readonly KubernetesObject[], patch: Patch, folder: string): KubernetesObject[] {
  const apply = patchOf(patch, folder);
  const hits = objects.filter((object) => isTarget(object, patch.target));
  if (hits.length === 0) throw new ManifestFault(`${shown(folder)}: a patch hits nothing (${JSON.stringify(patch.target)})`);
  return objects.map((object) => (hits.includes(object) ? apply(object) : object));
}

function withImages(value: unknown, images: Kustomization['images']): unknown {
  if (Array.isArray(value)) return value.map((item) => withImages(item, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const image = key === 'image' ? images.find(({ name }) => name === inner) : undefined;
      return [key, image ? `${image.newName}:${image.newTag}` : withImages(inner, images)];
    }),
  );
}

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const place: Labels = object.kind === 'Namespace' ? { name: namespace } : { namespace };
  return { ...object, metadata: { ...object.metadata, ...place } };
}

function refuseDoubles(objects: readonly KubernetesObject[], folder: string): void {
  const seen = new Set<string>();
  for (const { kind, metadata } of objects) {
    const id = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    if (seen.has(id)) throw new ManifestFault(`${shown(folder)}: ${id} is there twice`);
    seen.add(id);
  }
}

function transform(folder: string, before: readonly KubernetesObject[]): KubernetesObject[] {
  const { namespace, resources, components, images, patches } = readKustomization(folder);
  let objects = [...before, ...resources.flatMap((name) => resource(resolve(folder, name), folder))];
  for (const name of components) objects = transform(resolve(folder, name), objects);
  for (const patch of patches) objects = patched(objects, patch, folder);
  if (images.length > 0) objects = objects.map((object) => withImages(object, images) as KubernetesObject);
  if (namespace !== undefined) objects = objects.map((object) => inNamespace(object, namespace));
  refuseDoubles(objects, folder);
  return objects;
}

/** 清单合成 — the objects of a kustomization as `kubectl kustomize` makes them, as far as these manifests use it; what they do not use is refused. */
export function build(folder: string): KubernetesObject[] {
  return transform(folder, []);
}
