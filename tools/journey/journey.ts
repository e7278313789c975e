import { join } from 'node:path';
import { loadRules, repositoryRoot } from '@credit/platform';
import { makeTown } from '../demo/town';
import type { RunningSystem } from '../system/system';
import { banksAsk } from './banks';
import { assemble } from './cast';
import { Clock } from './clock';
import { collect } from './collect';
import { exportLists } from './export';
import { CountyGraphClient } from './graph-client';
import { checkImprovement, planImprovement } from './improve';
import { prepareReview, review } from './review';
import { object } from './objections';
import { rate } from './rate';
import { publishResults } from './results';
import { must, type Story } from './story';

export interface JourneyOptions {
  readonly system: RunningSystem;
  readonly households: number;
  readonly story: Story;
  /** For a test: an accident while objections are open, such as emptied queues; ends it and says how many messages were lost. */
  readonly midway?: () => () => Promise<number>;
  /** For a test: an accident before the year passes, such as lost timers. */
  readonly beforeExpiry?: () => Promise<void>;
}

export interface Lived {
  readonly password: string;
  readonly signInNames: readonly (readonly [string, string])[];
}

/** 一个完整周期 — the programme from the first workbook to the last day of a certificate, through public doors only. */
export async function liveOneCycle(options: JourneyOptions): Promise<Lived> {
  const { system, households, story } = options;
  const { urls } = system;
  const rules = loadRules(join(repositoryRoot(), 'rules'));
  const town = makeTown(households);
  const graph = await CountyGraphClient.open(urls.gateway, { issuer: system.issuer, clientId: 'county-frontend', redirectUri: `${urls.gateway}/sign-in/callback`, audience: 'urn:credit-village' });

  story.chapter(`组建机构：${town.villages.length} 个村（居），${households} 户`);
  const cast = await assemble(graph, town, system.bootstrapFile);
  const clock = new Clock(urls.publicity, cast.systemAdmin, story);
  story.tell(`系统管理员建立账号 ${cast.signInNames.length} 个，安全管理员逐一任职；今天是 ${await clock.today()}`);

  story.chapter('入户采集与校核', await clock.today());
  await collect(cast, town, rules, urls, story);
  await exportLists(urls.gateway, cast.townOfficer, town.townCode, story);

  story.chapter('乡风文明评议：内容公示、组织、初核', await clock.today());
  const rounds = await prepareReview(cast, town.countyCode, clock, story);

  story.chapter('乡风文明评议：小组评议、审议、备案', await clock.today());
  await review(cast, rounds, urls.civility, clock, story);

  story.chapter('评议结果公示与告知', await clock.today());
  const results = await publishResults(graph, urls.publicity, rounds, clock, story);
  const [first] = results;
  must(first !== undefined, 'results were published');

  story.chapter('异议与复议', await clock.today());
  const endAccident = options.midway?.();
  await object(cast, results, urls.appeals, clock, story);
  if (endAccident) story.tell(`这期间队列不断被清空，丢失的消息 ${await endAccident()} 条，都已补回`);
  const latest = results.map((one) => one.publication.objectionLastDay ?? '').toSorted().at(-1) ?? '';
  if (latest >= (await clock.today())) await clock.after(latest);

  const improvement = await planImprovement(first.round, clock, story);

  story.chapter('信用等级评定', await clock.today());
  const certified = await rate(cast, town.townCode, town.countyCode, rounds, urls.gateway, clock, story);

  story.chapter('结果运用：银行查询', await clock.today());
  const askAgain = await banksAsk(cast, first.round, certified.household.id, urls, system.issuer, clock, story);

  story.chapter('一年以后', await clock.today());
  await options.beforeExpiry?.();
  await clock.after(certified.household.lastDay);
  const later = await askAgain();
  must(later.body['status'] === 'expired', `a certificate past its last day is expired on reading: ${JSON.stringify(later.body)}`);
  story.tell('有效期过后，银行得到的答复是“已到期”；撤回授权后不再答复');

  await checkImprovement(improvement, first.round, clock, story);

  story.chapter('一个周期的节点', await clock.today());
  story.table([
    ['节点', '日期', '依据'],
    ['评议结果公示最后一日', first.publication.lastDay, '三(三)3 为期 7 个自然日'],
    ['异议期最后一日', first.publication.objectionLastDay ?? '', '三(三)3 公示期结束 10 个自然日内'],
    ['名单公示最后一日', certified.listLastDay, '三(六)3 不少于 7 个自然日'],
    ['有效期最后一日', certified.household.lastDay, '三(六)4 有效期 1 年'],
  ]);
  return { password: cast.password, signInNames: cast.signInNames };
}
