import { createHash } from 'node:crypto';
import type { Rules } from '@credit/platform';
import type { DemoTown, DemoVillage } from '../demo/town';
import { villageWorkbook } from '../demo/workbook';
import type { Cast } from './cast';
import type { Person } from './graph-client';
import { must, type Story } from './story';

interface Urls {
  readonly archives: string;
  readonly gateway: string;
}

/** Follows a job through the gateway's server-sent events until it is over. */
export async function follow(gatewayUrl: string, kind: 'import' | 'run', id: string, who: Person, onStep?: (step: { state: string; done: number; total: number }) => void): Promise<{ state: string; done: number; total: number }> {
  const answer = await fetch(`${gatewayUrl}/progress/${kind}/${id}`, { headers: { authorization: `Bearer ${await who.token()}` } });
  must(answer.ok && answer.body !== null, `progress of ${kind} can be followed`);
  let last = { state: '', done: 0, total: 0 };
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      const type = /^event: (.*)$/m.exec(event)?.[1];
      if (data) last = JSON.parse(data) as typeof last;
      onStep?.(last);
      if (type === 'over' || type === 'problem') return last;
    }
  }
  return last;
}

async function upload(urls: Urls, village: DemoVillage, rules: Rules, who: Person): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await villageWorkbook(rules, village))]), `${village.name}.xlsx`);
  const answer = await fetch(`${urls.archives}/imports?villageCode=${village.code}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await who.token()}`, 'idempotency-key': `workbook-${village.code}` },
    body: form,
  });
  must(answer.status === 202, `the workbook of ${village.name} is taken: ${answer.status}`);
  const { jobId } = (await answer.json()) as { jobId: string };
  const { state, done } = await follow(urls.gateway, 'import', jobId, who);
  if (state !== 'done') {
    const { importJob } = await who.ask<{ importJob: { errors: object[] } }>('query ($id: ID!) { importJob(id: $id) { errors { sheet row column message } } }', { id: jobId });
    throw new Error(`the workbook of ${village.name} has faults: ${JSON.stringify(importJob.errors.slice(0, 5))}`);
  }
  return done;
}

/** 入户采集、镇级校核、县级抽查、建档率 — 三(四)、三(五)、二 */
export async function collect(cast: Cast, town: DemoTown, rules: Rules, urls: Urls, story: Story): Promise<void> {
  let rows = 0;
  for (const staff of cast.villages) {
    rows += await upload(urls, staff.village, rules, staff.collector);
    await staff.clerk.do('submitVillage', { villageCode: staff.village.code }, 'submitted');
  }
  for (const village of town.villages.filter((one) => one.households.length === 0 && one.collective)) {
    rows += await upload(urls, village, rules, cast.otherClerk);
    await cast.otherClerk.do('submitVillage', { villageCode: village.code }, 'submitted');
  }
  story.tell(`${town.villages.length} 个村（居）的采集表逐村导入，共 ${rows} 行`);

  const submitted = await cast.townVerifier.all<{ id: string }>('files', 'under: $under, state: $state', 'id', { under: town.townCode, state: 'submitted' }, '$under: String!, $state: String');
  for (let from = 0; from < submitted.length; from += 500) {
    await cast.townVerifier.do('verifyFiles', { fileIds: submitted.slice(from, from + 500).map((file) => file.id), verdict: 'verified' }, 'files');
  }
  story.tell(`镇信息校核专班校核档案 ${submitted.length} 份（采集人不得校核自己的采集）`);

  const [staff] = cast.villages;
  must(staff !== undefined, 'there is a village');
  const seed = 'huoshan-2022-公开摇号';
  const { sampleId } = await cast.countyInspector.do<{ sampleId: string }>('commitSample', { villageCode: staff.village.code, seedHash: createHash('sha256').update(seed).digest('hex') }, 'sampleId');
  const { files } = await cast.countyInspector.do<{ files: number }>('drawSample', { sampleId, seed }, 'files batch');
  const { sample } = await cast.countyInspector.ask<{ sample: { files: { fileId: string }[] } }>('query ($id: ID!) { sample(id: $id) { files { fileId } } }', { id: sampleId });
  let result: string | null = null;
  for (const { fileId } of sample.files) ({ result } = await cast.countyInspector.do<{ result: string | null }>('recordSampleFinding', { sampleId, fileId, wrongItems: [] }, 'result'));
  must(result === 'passed', 'the county sample passes');
  story.tell(`县督查组先公布随机数摘要，再抽查 ${staff.village.name} ${files} 份，合格`);

  for (const { village } of cast.villages) {
    await cast.townOfficer.do('setRegisterCount', { villageCode: village.code, subjectKind: 'household', count: village.households.length, source: '户籍登记（合成）' }, 'count');
  }
  const { coverage } = await cast.townOfficer.ask<{ coverage: { subjectKind: string; registered: number; verified: number }[] }>('query ($under: String!) { coverage(under: $under) { subjectKind registered verified } }', { under: town.townCode });
  const households = coverage.filter((row) => row.subjectKind === 'household');
  const sum = (pick: (row: (typeof households)[number]) => number): number => households.reduce((total, row) => total + pick(row), 0);
  story.tell(`农户建档率 ${((100 * sum((row) => row.verified)) / sum((row) => row.registered)).toFixed(1)}%（目标不低于 95%）`);
}
