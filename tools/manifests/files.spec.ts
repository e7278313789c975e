import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { z } from 'zod';
import { readYaml } from './objects';

const folder = join(repositoryRoot(), 'k8s');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join(folder, name));
const references = z.looseObject({ resources: z.array(z.string()).default([]), components: z.array(z.string()).default([]), patches: z.array(z.looseObject({ path: z.string().optional() })).default([]) });
const metrics = join(folder, 'metrics');

describe('the files below k8s', () => {
  it('are YAML that says no key twice', () => {
    for (const file of files) expect([file, readYaml(file).length > 0]).toEqual([file, true]);
  });

  it('are all used by a county or a province', () => {
    const used = files
      .filter((file) => file.endsWith('/kustomization.yaml'))
      .flatMap((file) => {
        const { resources, components, patches } = references.parse(readYaml(file)[0]);
        return [...resources, ...components, ...patches.flatMap(({ path }) => path ?? [])].map((name) => resolve(dirname(file), name));
      });
    const roots = [join(folder, 'overlays/county'), join(folder, 'overlays/province')];
    const known = new Set([...roots, ...used]);
    const unused = files.filter((file) => dirname(file) !== metrics && !known.has(file.endsWith('/kustomization.yaml') ? dirname(file) : file));
    expect(unused).toEqual([]);
  });

  it('name one metric from the exporter to the autoscaler', () => {
    const rules = z.object({ groups: z.tuple([z.looseObject({ rules: z.tuple([z.object({ record: z.string(), expr: z.string() })]) })]) }).parse(readYaml(join(metrics, 'queue-length.rules.yaml'))[0]);
    const adapter = z.object({ rules: z.object({ external: z.tuple([z.looseObject({ seriesQuery: z.string(), name: z.object({ matches: z.string() }) })]) }) }).parse(readYaml(join(metrics, 'adapter.values.yaml'))[0]);
    const [{ record, expr }] = rules.groups[0].rules;
    const [{ seriesQuery, name }] = adapter.rules.external;
    expect([record, name.matches, seriesQuery.replace(/\{.*/, '')]).toEqual(['credit_queue_waiting', 'credit_queue_waiting', 'credit_queue_waiting']);
    const key = new RegExp(`^${(/key=~"([^"]+)"/.exec(expr)?.[1] ?? '').replaceAll('\\\\', '\\')}$`);
    expect('{credit}:rating:wait').toMatch(key);
    expect('{credit}:rating:completed').not.toMatch(key);
  });
});
