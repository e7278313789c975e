import type { AccessTable } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { DossierInput, Table } from '@credit/print';
import type { OwnFile } from './own-file';
import type { Access, HeldThen } from './own-file.store';
import type { RightsRules } from './rights-rules';

export interface Printing {
  readonly on: PlainDate;
  /** Null when the household prints for itself. */
  readonly handover: string | null;
  readonly rules: RightsRules;
  readonly roles: AccessTable['roles'];
}

const consents: Readonly<Record<string, string>> = { economics: '采集经济信息', credit: '采集信贷信息', 'publish-name': '公示姓名' };
const grounds: Readonly<Record<string, string>> = { 'file-error': '反映档案差错', 'own-score': '逾期提出的得分异议' };
const outcomes: Readonly<Record<string, string>> = { corrected: '已更正', 'file-right': '档案无误', 'passed-on': '转其他程序' };

/** 档案查阅件 of what is kept: every value with where it comes from, who checked it, who agreed, who looked, what was corrected. */
export function ownFileDossier(file: OwnFile, printing: Printing): DossierInput {
  const { on, handover, rules } = printing;
  const last = file.accesses.at(-1);
  return {
    title: '农户信用档案查阅件',
    number: null,
    madeOn: on,
    lines: [
      `户编号：${file.householdNo}　　住址：${file.address ?? '未登记'}`,
      `打印日：${on}　　${handover === null ? '由本户成员自行打印' : `由村文书打印交付，事由：${handover}`}`,
    ],
    tables: [members(file), values(file, printing), given(file), corrected(file), accesses(file, printing)],
    closing: [
      ...(last && file.accesses.length === rules.accessesShown ? [`查看记录只列最近 ${rules.accessesShown} 次，更早的可以另行申请。`] : []),
      '银行等机构凭授权查询评价结果的记录，由数据交换服务登记，本户登录后可以查看，也可以请村文书代为申请。',
      '认为档案有误的，可以申请更正；符合法定情形的，可以申请删除；授权随时可以撤回，撤回自登记时起生效。向村文书提出，不收费用。',
    ],
  };
}

/** Posts, not names: the villager learns in what office somebody acted. */
function posts(held: readonly HeldThen[], roles: AccessTable['roles']): string {
  const texts = held.map(({ role, organisation }) => `${roles.get(role)?.zh ?? role}${organisation ? `（${organisation}）` : ''}`);
  return texts.length > 0 ? texts.join('、') : '任职未登记';
}

function members({ members }: OwnFile): Table {
  return {
    caption: '一、家庭成员',
    columns: [{ head: '姓名', share: 2 }, { head: '与户主关系', share: 2 }, { head: '身份证号（部分）', share: 4 }, { head: '联系电话', share: 3 }],
    rows: members.map(({ name, relation, residentId, phone }) => [name, relation, residentId, phone ?? '未登记']),
  };
}

function values({ values }: OwnFile, { roles }: Printing): Table {
  return {
    caption: '二、数据项',
    columns: [{ head: '名称', share: 5, align: 'left' }, { head: '内容', share: 4 }, { head: '来源', share: 3 }, { head: '采集', share: 5 }, { head: '校核', share: 5 }],
    rows: values.map((value) => [
      value.zh,
      value.unit ? `${value.text} ${value.unit}` : value.text,
      value.source,
      `${value.collectedOn}\n${posts(value.collectors, roles)}`,
      value.verifiedOn === null ? '尚未校核' : `${value.verifiedOn}\n${posts(value.verifiers, roles)}`,
    ]),
  };
}

function given({ consents: kept }: OwnFile): Table {
  return {
    caption: '三、授权与撤回',
    columns: [{ head: '成员', share: 2 }, { head: '授权内容', share: 3 }, { head: '授权日', share: 2 }, { head: '撤回日', share: 2 }],
    rows: kept.map(({ name, kind, givenOn, revokedOn }) => [name, consents[kind] ?? kind, givenOn, revokedOn ?? '有效']),
  };
}

function corrected({ corrections }: OwnFile): Table {
  return {
    caption: '四、更正请求及结果',
    columns: [{ head: '提出日', share: 2 }, { head: '事项', share: 3 }, { head: '结果', share: 2 }, { head: '核查情况', share: 5, align: 'left' }, { head: '答复日', share: 2 }],
    rows: corrections.map(({ requestedOn, ground, outcome, reason, answeredOn }) => [requestedOn, grounds[ground] ?? ground, outcome === null ? '办理中' : (outcomes[outcome] ?? outcome), reason ?? '', answeredOn ?? '']),
  };
}

function accesses({ accesses: kept }: OwnFile, { rules, roles }: Printing): Table {
  const what = ({ action, reason }: Access): string => `${rules.accesses[action] ?? action}${reason === null ? '' : `：${rules.handoverReasons[reason] ?? reason}`}`;
  return {
    caption: '五、谁看过',
    columns: [{ head: '日期', share: 2 }, { head: '身份', share: 4 }, { head: '做了什么、为什么', share: 6, align: 'left' }],
    rows: kept.map((access) => [access.on, access.own ? '本户成员' : posts(access.posts, roles), what(access)]),
  };
}
