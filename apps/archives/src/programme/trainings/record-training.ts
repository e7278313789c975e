import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../../divisions/division.store';
import { choices, programmeRules } from '../programme-rules';
import { TrainingStore } from './training.store';

const recording = z.object({
  divisionCode: z.string(),
  topic: z.string(),
  heldOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  trainer: z.string().trim().min(2, '请填写培训单位').max(60),
  minutes: z.int().min(1, '请填写学时（分钟）').max(10_080, '学时过长，请分次登记'),
  attendees: z.array(z.uuid()).min(1, '请填写参加培训的人员').max(500, '一次至多 500 人，请分批登记'),
  materialSha256: z.string().regex(/^[0-9a-f]{64}$/, '培训材料摘要须为 64 位十六进制').nullish(),
  replaces: z.uuid().nullish(),
});

export type RecordTrainingInput = z.input<typeof recording> & { readonly requestId: string };

/** 登记培训 — what was taught, when, by whom, to whom and for how long; a wrong record is replaced and stays. 三(二) */
@Injectable()
export class RecordTraining {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RecordTrainingInput): Promise<Readonly<{ trainingId: string; attendees: number }>> {
    return this.work.once({ actor, operation: 'training.record', requestId, body }, async (tx) => {
      const { replaces, attendees, materialSha256 = null, ...training } = recording.parse(body);
      actor.require('training.record', training.divisionCode);
      const topics = programmeRules(tx.today).trainingTopics;
      const faults: InputFault[] = [];
      if (!Object.hasOwn(topics, training.topic)) faults.push({ path: 'topic', message: `内容请填：${choices(topics)}` });
      if (training.heldOn > tx.today) faults.push({ path: 'heldOn', message: '培训日期不能晚于今天' });
      if (!(await new DivisionStore(tx).byCode(training.divisionCode))) faults.push({ path: 'divisionCode', message: '没有这个区划，请核对代码' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const trainingId = newId();
      const present = [...new Set(attendees)];
      const trainings = new TrainingStore(tx);
      await trainings.insert({ ...training, trainingId, materialSha256 }, present);
      if (replaces) await this.replace(tx, actor, replaces, trainingId);
      await tx.audit.record('training.recorded', trainingId, { divisionCode: training.divisionCode, topic: training.topic, heldOn: training.heldOn, attendees: present.length, replaces: replaces ?? null });
      return { trainingId, attendees: present.length };
    });
  }

  private async replace(tx: Tx, actor: Actor, trainingId: string, by: string): Promise<void> {
    const trainings = new TrainingStore(tx);
    const before = await trainings.lock(trainingId);
    actor.require('training.record', before.divisionCode);
    if (before.replaced) throw new Problem('training.replaced', { trainingId });
    await trainings.replace(trainingId, by);
  }
}
