/** One metric as every service exposes it; alert rules and dashboards may use these and no others. */
interface MetricRow {
  readonly kind: 'gauge' | 'counter' | 'histogram';
  readonly zh: string;
  readonly labels: readonly string[];
}

/**
 * 指标表 — the only names of metrics; whatever reads them (alert rules, dashboard, autoscaler) is compared with this table. Every series also has
 * the label `service`. Gauges that are read from the database are the same in every replica: take `max`, never `sum`, over replicas.
 */
export const metricTable = {
  http_request_seconds: { kind: 'histogram', zh: '接口应答时间（秒）', labels: ['route', 'status'] },
  messages_total: { kind: 'counter', zh: '收到的消息数，按结果', labels: ['event', 'outcome'] },
  message_lag_seconds: { kind: 'histogram', zh: '消息从发出到办理完毕的时间（秒）', labels: ['event'] },
  duty_info: { kind: 'gauge', zh: '法定事项的名称与依据，恒为 1', labels: ['duty', 'zh', 'clause'] },
  duty_open: { kind: 'gauge', zh: '法定事项：未办结数', labels: ['duty'] },
  duty_due_today: { kind: 'gauge', zh: '法定事项：今日到期数', labels: ['duty'] },
  duty_overdue: { kind: 'gauge', zh: '法定事项：逾期数，按逾期天数', labels: ['duty', 'days'] },
  backlog: { kind: 'gauge', zh: '待系统处理的积压数', labels: ['work'] },
  outbox_unsent: { kind: 'gauge', zh: '未转发的消息数', labels: [] },
  outbox_age_seconds: { kind: 'gauge', zh: '最早一条未转发消息已等待的时间（秒）', labels: [] },
  messages_parked: { kind: 'gauge', zh: '搁置的消息数', labels: [] },
  audit_unsealed_age_seconds: { kind: 'gauge', zh: '最早一行未封存审计已等待的时间（秒）', labels: [] },
  queue_waiting: { kind: 'gauge', zh: '本服务队列中等待的消息数', labels: ['queue'] },
  repair_age_seconds: { kind: 'gauge', zh: '距上次补收某服务发件箱成功的时间（秒）', labels: ['sender'] },
  pool_connections: { kind: 'gauge', zh: '数据库连接数', labels: ['pool', 'state'] },
  pool_waiting: { kind: 'gauge', zh: '等待数据库连接的请求数', labels: ['pool'] },
  figures_readable: { kind: 'gauge', zh: '本次取数是否成功（1/0）', labels: ['source'] },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof metricTable;
export type MetricOf<K extends MetricRow['kind']> = { [N in MetricName]: (typeof metricTable)[N]['kind'] extends K ? N : never }[MetricName];
export type LabelsOf<N extends MetricName> = (typeof metricTable)[N]['labels'][number];
