import { parser } from '@prometheus-io/lezer-promql';

/** What one expression of PromQL reads and groups by; enough to compare it with what services expose. */
export interface Expression {
  readonly faults: readonly string[];
  readonly selectors: readonly Selector[];
  /** Labels named by `by`, `on`, `group_left` and their like. */
  readonly grouping: readonly string[];
}

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** Reads an expression with Prometheus's own grammar. */
export function readExpression(text: string): Expression {
  const faults: string[] = [];
  const selectors: { metric: string; matchers: Matcher[] }[] = [];
  const grouping: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) faults.push(`at ${from}: ${text.slice(from, to + 12)}`);
      if (type.name === 'VectorSelector') {
        const metric = node.getChild('Identifier');
        selectors.push({ metric: metric ? text.slice(metric.from, metric.to) : '', matchers: [] });
      }
      if (type.name === 'UnquotedLabelMatcher') {
        const [, label = '', operator = '', value = ''] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(text.slice(from, to)) ?? [];
        selectors.at(-1)?.matchers.push({ label, operator, value });
      }
      if (type.name === 'GroupingLabels') grouping.push(...node.getChildren('LabelName').map((label) => text.slice(label.from, label.to)));
    },
  });
  return { faults, selectors, grouping };
}
