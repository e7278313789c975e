import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MetricName, Metrics, metricTable, overdueRanges, repositoryRoot } from '@credit/platform';
import { services } from '@credit/contracts';
import { z } from 'zod';
import { readYaml } from '../manifests/objects';
import { definitions } from '../system/definitions';
import { readExpression, type Selector } from './promql';

const folder = join(repositoryRoot(), 'k8s/metrics');
const rule = z.object({ alert: z.string(), expr: z.string(), for: z.string().optional(), labels: z.object({ severity: z.enum(['critical', 'warning', 'info']) }), annotations: z.object({ summary: z.string(), description: z.string().optional() }) });
const rules = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })) }).parse(readYaml(join(folder, 'alerts.rules.yaml'))[0]).groups.flatMap((group) => group.rules);
const panel = z.object({ title: z.string(), type: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) });
const dashboard = z.object({ uid: z.string(), panels: z.array(panel) }).parse(JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')));
const expressions = [
  ...rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`panel ${title}`, expr] as const)),
];

/** What Prometheus adds when it scrapes. */
const scraped = ['namespace', 'service'];
const duties = definitions.flatMap((one) => (one.duties ?? []).map(({ duty }) => duty));
const works = definitions.flatMap((one) => (one.backlogs ?? []).map(({ work }) => work));
/** Values that a label can have, where they are known. */
const values: Readonly<Record<string, readonly string[]>> = {
  service: services,
  duty: duties,
  work: works,
  days: overdueRanges.map(({ days }) => days),
  outcome: ['heard', 'try-later', 'failed'],
  state: ['used', 'idle'],
  source: ['database', 'queue', 'repair', 'pools'],
};

/** Every series of a service with its labels: those of the table, and what Node's own collectors add. */
async function exposed(): Promise<Map<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (const name of (await new Metrics('appeals').text()).matchAll(/^# TYPE (\w+) /gm)) names.set(name[1] ?? '', []);
  for (const [name, { kind, labels }] of Object.entries(metricTable) as [MetricName, (typeof metricTable)[MetricName]][]) {
    if (kind !== 'histogram') names.set(name, labels);
    else for (const [part, more] of [['bucket', ['le']], ['sum', []], ['count', []]] as const) names.set(`${name}_${part}`, [...labels, ...more]);
  }
  return names;
}

function strange({ matchers }: Selector): string[] {
  return matchers.flatMap(({ label, operator, value }) => {
    const known = values[label];
    if (!known || value.startsWith('$')) return [];
    return (operator.endsWith('~') ? value.split('|') : [value]).filter((one) => !known.includes(one)).map((one) => `${label}=${one}`);
  });
}

describe('alert rules and dashboard', () => {
  it.each(expressions)('%s reads only what services expose', async (_what, expr) => {
    const { faults, selectors, grouping } = readExpression(expr);
    expect(faults).toEqual([]);
    const known = await exposed();
    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors) {
      const labels = known.get(selector.metric);
      expect([selector.metric, labels !== undefined]).toEqual([selector.metric, true]);
      expect(selector.matchers.map(({ label }) => label).filter((label) => !scraped.includes(label) && !labels?.includes(label))).toEqual([]);
      expect(strange(selector)).toEqual([]);
    }
    const all = selectors.flatMap(({ metric }) => known.get(metric) ?? []);
    expect(grouping.filter((label) => !scraped.includes(label) && !all.includes(label))).toEqual([]);
  });

  it('read what replicas tell alike by its largest or smallest value, so that two replicas are not twice as much', () => {
    const alike = new Set(['duty_open', 'duty_due_today', 'duty_overdue', 'backlog', 'outbox_unsent', 'outbox_age_seconds', 'messages_parked', 'audit_unsealed_age_seconds', 'queue_waiting']);
    for (const [what, expr] of expressions) {
      for (const name of alike) {
        for (const { index } of expr.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) expect([what, /(max|min) by \([^)]*\) \($/.test(expr.slice(0, index))]).toEqual([what, true]);
      }
    }
  });

  it('watch every metric of the table somewhere', () => {
    const read = new Set(expressions.flatMap(([, expr]) => readExpression(expr).selectors.map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, ''))));
    expect(Object.keys(metricTable).filter((name) => !read.has(name))).toEqual([]);
  });

  it('cover every duty: each is in exactly one alert of overdue matters', () => {
    const overdue = rules.flatMap(({ expr }) => readExpression(expr).selectors.filter(({ metric }) => metric === 'duty_overdue'));
    const matches = (selector: Selector, duty: string): boolean =>
      selector.matchers.every(({ operator, value }) => value.split('|').includes(duty) === (operator === '=~' || operator === '='));
    for (const duty of duties) expect([duty, overdue.filter((selector) => matches(selector, duty)).length]).toEqual([duty, 1]);
  });

  it('say in Chinese what happened, each alert under a name of its own', () => {
    for (const { annotations } of rules) expect(annotations.summary).toMatch(/\p{Script=Han}/u);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(dashboard.panels.every(({ title }) => /\p{Script=Han}/u.test(title))).toBe(true);
  });
});
