import { type InputFault, Problem } from '@credit/contracts';
import type { Actor, Tx } from '@credit/platform';
import { type PlainDate, plainDate, shanghaiDayOf } from '@credit/policy';
import { z } from 'zod';
import type { ObjectionRow } from './objection.row';

export const channels = ['oral', 'telephone', 'paper', 'online'] as const;
const spoken: readonly string[] = ['oral', 'telephone'];

/** How an objection came in; the fields are the same whatever it is about. */
export const receivedFields = {
  applicantMemberId: z.uuid().nullish(),
  channel: z.enum(channels),
  text: z.string().trim().min(2, '请写明异议内容').max(4000, '异议内容请控制在 4000 字以内'),
  readBack: z.boolean().nullish(),
  readBackAt: z.iso.datetime({ offset: true }).nullish(),
  scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制').nullish(),
  stampedOn: z.iso.date('收件章日期须形如 2022-12-01').transform((text) => plainDate(text)).nullish(),
};

type Receiving = z.output<z.ZodObject<typeof receivedFields>>;

/** 收件 — the columns that say when, how and through whom an objection was received. */
export type Received = Pick<ObjectionRow, 'applicantMemberId' | 'channel' | 'scanSha256' | 'filedBy' | 'receivedAt' | 'enteredOn' | 'readBackAt' | 'readBackBy'> & { readonly receivedOn: PlainDate };

/**
 * 收件 — words are read back by who writes them down, paper is scanned, online the villager signs in with the slip's code. Paper
 * counts as received on the day of the village's entry stamp, however late it is typed. Problem `input.invalid`. 三(三)3 [D]
 */
export function receive(tx: Tx, actor: Actor, input: Receiving): Received {
  const faults = receivingFaults(tx, actor, input);
  if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
  const isSpoken = spoken.includes(input.channel);
  return {
    applicantMemberId: actor.villager?.memberId ?? input.applicantMemberId ?? null,
    channel: input.channel,
    scanSha256: input.scanSha256 ?? null,
    filedBy: actor.principal,
    receivedAt: tx.now,
    receivedOn: input.stampedOn ?? tx.today,
    enteredOn: tx.today,
    readBackAt: isSpoken ? momentOf(input.readBackAt, tx.now) : null,
    readBackBy: isSpoken ? actor.principal : null,
  };
}

function receivingFaults(tx: Tx, actor: Actor, input: Receiving): InputFault[] {
  const { channel, readBack, readBackAt, scanSha256, stampedOn } = input;
  const faults: InputFault[] = [];
  if (actor.villager && channel !== 'online') faults.push({ path: 'channel', message: '本人在线提出的，方式须为 online' });
  if (!actor.villager && channel === 'online') faults.push({ path: 'channel', message: '在线提出的由本人凭告知单上的取号码登录办理；代为登记的请填 oral、telephone 或 paper' });
  if (spoken.includes(channel) && readBack !== true) faults.push({ path: 'readBack', message: '口头或电话提出的，须向申请人复述并确认后登记' });
  const readBackMoment = momentOf(readBackAt, tx.now);
  if (readBackMoment > tx.now || shanghaiDayOf(readBackMoment) !== tx.today) faults.push({ path: 'readBackAt', message: '复述时间须在登记当日，且不晚于现在' });
  if (channel === 'paper' && !scanSha256) faults.push({ path: 'scanSha256', message: '纸质异议须留存扫描件，请填其 SHA-256 摘要' });
  if (stampedOn && channel !== 'paper') faults.push({ path: 'stampedOn', message: '只有盖了村收件章的纸质异议可以填收件章日期' });
  if (stampedOn && stampedOn > tx.today) faults.push({ path: 'stampedOn', message: `收件章日期不能晚于今天（${tx.today}）` });
  return faults;
}

function momentOf(text: string | null | undefined, now: Date): Date {
  return text ? new Date(text) : now;
}
