import { overdueRanges } from '@credit/platform';
import type { ParkedMessage, ServiceFigures, ServiceState, StoringService } from './operations-desk';
import { type Html, html } from './html';

const serviceNames: Readonly<Record<StoringService, string>> = {
  identity: '身份',
  archives: '信用档案',
  civility: '乡风文明评议',
  publicity: '公示告知',
  appeals: '异议复议',
  rating: '信用等级评定',
  exchange: '结果共享',
};
const unusualAgeSeconds = 300;

/** What stands in every form, so that no other site can send it. */
export interface FormProof {
  readonly formToken: string;
  readonly newRequestId: () => string;
}

function shownAge(seconds: number): string {
  if (seconds < 1) return '无';
  if (seconds < 120) return `${Math.round(seconds)} 秒`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} 分钟` : `${Math.round(seconds / 3_600)} 小时`;
}

const shanghai = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });

const cell = (value: string | number, wrong: boolean): Html => html`<td class="${wrong ? 'wrong' : ''}">${value}</td>`;

function serviceRow({ service, figures }: ServiceState): Html {
  const name = html`<th scope="row">${serviceNames[service]} <small>${service}</small></th>`;
  if (!figures) return html`<tr>${name}<td class="wrong">不可达</td><td colspan="5">没有应答，请查看该服务的进程与数据库</td></tr>`;
  const { outboxUnsent, outboxAgeSeconds, queueWaiting, messagesParked, auditUnsealedAgeSeconds } = figures;
  return html`<tr>${name}<td>运行</td>
${cell(outboxUnsent, false)}${cell(shownAge(outboxAgeSeconds), outboxAgeSeconds > unusualAgeSeconds)}${cell(queueWaiting ?? '不可达', queueWaiting === null)}
${cell(messagesParked, messagesParked > 0)}${cell(shownAge(auditUnsealedAgeSeconds), auditUnsealedAgeSeconds > unusualAgeSeconds)}</tr>`;
}

function dutyRows(service: StoringService, { duties }: ServiceFigures): Html[] {
  return duties.map(
    ({ zh, clause, open, dueToday, overdue }) => html`<tr><th scope="row">${zh}</th><td>${clause}</td><td>${serviceNames[service]}</td><td>${open}</td><td>${dueToday}</td>
${overdueRanges.map(({ days }) => cell(overdue[days], overdue[days] > 0))}</tr>`,
  );
}

function replayForm(service: StoringService, { messageId, name }: ParkedMessage, { formToken, newRequestId }: FormProof): Html {
  return html`<form method="post" action="/operations/replay">
<input type="hidden" name="service" value="${service}"><input type="hidden" name="messageId" value="${messageId}">
<input type="hidden" name="requestId" value="${newRequestId()}"><input type="hidden" name="formToken" value="${formToken}">
<button type="submit" aria-label="重放 ${serviceNames[service]} 的 ${name} ${messageId}">重放</button></form>`;
}

function parkedRows({ service, parked }: ServiceState, proof: FormProof): Html[] {
  return (parked ?? []).map(
    (message) => html`<tr><th scope="row">${serviceNames[service]}</th><td>${message.name}<br><small>${message.messageId}</small></td><td>${message.reason}</td>
<td>${shanghai.format(message.parkedAt)}</td><td><small>${message.requestId ?? ''}</small></td><td>${replayForm(service, message, proof)}</td></tr>`,
  );
}

function table(head: readonly string[], rows: readonly Html[], none: string): Html {
  const body = rows.length > 0 ? rows : [html`<tr><td colspan="${head.length}">${none}</td></tr>`];
  return html`<div class="wide"><table><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function frame(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · 党建引领信用村</title><link rel="stylesheet" href="/operations/style.css"></head>
<body><header><h1>${title}</h1><nav><a href="/operations">刷新</a> <a href="/">总图</a> <a href="/sign-out">退出</a></nav></header><main>${content}</main></body></html>`.text;
}

/** 运行情况 — services, legal duties, what waits, and parked messages with a button for each; works without scripts. */
export function operationsPage(states: readonly ServiceState[], notice: { readonly text: string; readonly wrong: boolean } | null, proof: FormProof): string {
  const seen = states.flatMap(({ service, figures }) => (figures ? [{ service, figures }] : []));
  const mayReplay = states.some(({ parked }) => parked !== null);
  const backlogs = seen.flatMap(({ service, figures }) => figures.backlogs.map(({ zh, count }) => html`<tr><th scope="row">${zh}</th><td>${serviceNames[service]}</td><td>${count}</td></tr>`));
  return frame(
    '运行情况',
    html`${notice ? html`<p role="status" class="${notice.wrong ? 'notice wrong' : 'notice'}">${notice.text}</p>` : ''}
<h2>服务</h2>${table(['服务', '状态', '未转发', '最早未转发', '队列中', '搁置', '最早未封存审计'], states.map(serviceRow), '')}
<h2>搁置的消息</h2>${
      mayReplay
        ? html`<p>排除原因后再重放。每次重放都记入审计；重复点击只算一次。</p>${table(['服务', '消息', '原因', '搁置时间', '请求编号', ''], states.flatMap((state) => parkedRows(state, proof)), '没有搁置的消息')}`
        : html`<p>您的任职可以查看数量，不能重放。</p>`
    }
<h2>法定事项</h2>${table(['事项', '依据', '服务', '未办结', '今日到期', ...overdueRanges.map(({ days }) => `逾期 ${days} 天`)], seen.flatMap(({ service, figures }) => dutyRows(service, figures)), '没有可以显示的事项')}
<h2>等待系统处理</h2>${table(['内容', '服务', '数量'], backlogs, '没有')}`,
  );
}

/** Why the page cannot be shown. */
export function refusalPage(title: string): string {
  return frame('运行情况', html`<p role="alert" class="notice wrong">${title}</p><p><a href="/sign-in">登录</a></p>`);
}
