import { Problem } from '@credit/contracts';
import type { PlainDate } from '@credit/policy';
import { z } from 'zod';
import type { NoticeRules } from '../rules/notice-rules';

/** 签收单扫描件 — its SHA-256; the scan itself stays where the village keeps its papers. */
export const sheetSha256 = z.string().regex(/^[0-9a-f]{64}$/, '签收单扫描件摘要须为 64 位十六进制').nullish();

export function requireChannel(rules: NoticeRules, channel: string, recordedBy: 'staff' | 'household' | 'broadcast'): void {
  if (rules.telling.channels[channel]?.recordedBy === recordedBy) return;
  const open = Object.entries(rules.telling.channels).flatMap(([code, one]) => (one.recordedBy === recordedBy ? [`${code} ${one.zh}`] : []));
  throw new Problem('notification.channel', { channel }, [{ path: 'channel', message: `可登记的渠道为：${open.join('、')}` }]);
}

export function requireReason(rules: NoticeRules, reason: string): void {
  if (Object.hasOwn(rules.telling.reasons, reason)) return;
  const known = Object.entries(rules.telling.reasons).map(([code, zh]) => `${code} ${zh}`);
  throw new Problem('input.invalid', {}, [{ path: 'reason', message: `原因可选：${known.join('、')}` }]);
}

export function requireTryDay(happenedOn: PlainDate, createdOn: PlainDate, today: PlainDate): void {
  if (happenedOn >= createdOn && happenedOn <= today) return;
  throw new Problem('input.invalid', { happenedOn, createdOn, today }, [{ path: 'happenedOn', message: `告知日期须在 ${createdOn} 至 ${today} 之间` }]);
}
