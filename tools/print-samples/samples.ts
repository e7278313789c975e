import { plainDate } from '@credit/policy';
import {
  answerPdf,
  type Column,
  groupTablePdf,
  type LegendItem,
  listPdf,
  meetingNoticePdf,
  noticePdf,
  type ObjectionDoor,
  type PrintedDocument,
  signOffSheetPdf,
  slipsPdf,
} from '@credit/print';

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
const groups = ['上冲村民组', '下冲村民组', '梧桐湾村民组'];
const madeOn = plainDate('2022-12-08');
const lastDay = plainDate('2022-12-15');
const objectionLastDay = plainDate('2022-12-25');
const check = '7F3A-91C2';

export interface SampleHousehold {
  readonly label: string;
  readonly subjectNo: string;
  readonly groupName: string;
}

/** Invented households; now and then a long name and one that no typeface has. */
export function sampleHouseholds(count: number): SampleHousehold[] {
  return Array.from({ length: count }, (_, index) => ({
    label: index === 5 ? '阿依古丽·买买提江·吐尔逊*' : index === 3 ? '𰻝*生' : `${surnames.charAt(index % surnames.length)}*${index % 3 === 0 ? '' : '明芳国英华秀'.charAt(index % 6)}`,
    subjectNo: `QS-${String(index + 1).padStart(4, '0')}`,
    groupName: groups[Math.floor((index * groups.length) / count)] ?? '上冲村民组',
  }));
}

const door: ObjectionDoor = { receiver: '青山村党总支', address: '青山村党群服务中心一楼', phone: '0564-000 0000', lastDay: objectionLastDay };
const signature = { by: '中共青山村总支部委员会', on: madeOn };
const listColumns: readonly Column[] = [
  { head: '序号', share: 12 },
  { head: '户主', share: 44 },
  { head: '编号', share: 30 },
  { head: '评议得分', share: 24 },
];
const items: readonly LegendItem[] = [
  ...['赡养老人、照料周到', '重视子女教育、家风良好', '兄弟姐妹和睦互助', '邻里互助、主动化解矛盾', '参加公益劳动和志愿服务', '支持并参与村级公共事务', '红白事新办简办', '庭院整洁、爱护环境'].map((zh, index) => ({
    code: `P0${index + 1}`,
    zh,
    polarity: 'positive' as const,
    points: `${[3, 2, 2, 3, 4, 2, 2, 2][index]}分`,
  })),
  ...['查实的不赡养老人', '义务教育阶段子女辍学', '查实的兄弟姐妹严重纠纷', '拒不履行调解协议', '损坏公共设施', '违反书面约定的义务', '超出村规民约标准的大操大办、高额彩礼', '乱倒垃圾'].map((zh, index) => ({
    code: `N0${index + 1}`,
    zh,
    polarity: 'negative' as const,
    points: `${[10, 8, 3, 5, 5, 3, 5, 2][index]}分`,
  })),
  { code: 'V01', zh: '生效的刑事判决（未成年人除外）', polarity: 'veto', points: null },
];

export const samples: Readonly<Record<string, () => Promise<PrintedDocument>>> = {
  notice: () => {
    const households = sampleHouseholds(18);
    return noticePdf({
      title: '关于青山村2022年度乡风文明评议结果的公示',
      number: '青山村公示〔2022〕3号',
      madeOn,
      check,
      placeName: '青山村党务公开栏',
      paragraphs: [
        '根据《关于党建引领信用村建设的实施方案》的要求，经村民组评议小组初评、村评议审议小组审议、镇党委审核备案，现将青山村2022年度乡风文明评议结果予以公示，请广大村民监督。',
        '公示时间：2022年12月8日至2022年12月15日24时，共7日。',
      ],
      tables: groups.map((groupName) => ({
        caption: groupName,
        columns: listColumns,
        rows: households.filter((one) => one.groupName === groupName).map((one, index) => [String(index + 1), one.label, one.subjectNo, (92 - (index % 7)).toFixed(2)]),
      })),
      objections: { sentence: '对公示结果有异议的，可以当面、来电或者书面提出，不会写字的由工作人员代为记录并宣读核对。', door },
      signature,
    });
  },
  list: () =>
    listPdf({
      title: '青山村2022年度乡风文明评议结果公示名单',
      number: '青山村公示〔2022〕3号',
      madeOn,
      check,
      lines: ['公示时间：2022年12月8日至2022年12月15日24时'],
      table: {
        columns: [listColumns[0] ?? { head: '序号', share: 12 }, { head: '村民组', share: 36 }, ...listColumns.slice(1)],
        rows: sampleHouseholds(300).map((one, index) => [String(index + 1), one.groupName, one.label, one.subjectNo, (95 - (index % 12)).toFixed(2)]),
      },
    }),
  slips: () =>
    slipsPdf({
      title: '告知单',
      number: '青山村公示〔2022〕3号',
      madeOn,
      check,
      where: '青山村党务公开栏和本村民组公示处',
      lastDay,
      objections: door,
      issuer: '青山村党总支',
      slips: sampleHouseholds(4).map((one, index) => ({
        ...one,
        text: '您户2022年度乡风文明评议结果已经张贴公示，可以到张贴处查看，也可以凭本单的取号码登录查看。',
        code: index === 2 ? null : { text: `${['K7QM', 'R2XD', 'H9TW'][index % 3]}-${4821 + 37 * index}`, lastDay: objectionLastDay },
      })),
    }),
  'sign-off-sheet': () => {
    const households = sampleHouseholds(40);
    return signOffSheetPdf({
      title: '告知签收表',
      number: '青山村公示〔2022〕3号',
      madeOn,
      check,
      about: '关于青山村2022年度乡风文明评议结果的公示',
      sheets: groups.map((groupName) => ({
        groupName,
        rows: households
          .filter((one) => one.groupName === groupName)
          .map((one, index) => ({ ...one, howTold: index % 4 === 0 ? '上门' : null, toldOn: index === 2 ? madeOn : null, note: index === 7 ? '外出务工，已记明无法告知，见证人在场' : '' })),
      })),
    });
  },
  'group-table': () =>
    groupTablePdf({
      title: '青山村2022年度乡风文明小组评议表',
      number: '青山村评议〔2022〕1号',
      madeOn,
      check,
      groupName: '上冲村民组',
      listName: '乡风文明评议清单（第1版）',
      meetingOn: plainDate('2022-11-20'),
      place: '上冲村民组活动室',
      chair: '周*华',
      rows: sampleHouseholds(18).map((one, index) => ({
        ...one,
        positives: items.slice(0, 1 + (index % 8)).map(({ code }) => code),
        negatives: index % 6 === 1 ? ['N08'] : [],
        vetoes: index === 11 ? ['V01'] : [],
        withdrawn: index % 5 === 2 ? ['王国明', '沈秀英'] : [],
        score: (80 + (index % 8) * 2.5).toFixed(2),
      })),
      items,
      members: [
        { name: '周建华', capacity: '村包片干部' },
        { name: '王国明', capacity: '村民组长' },
        { name: '沈秀英', capacity: '村民代表' },
        { name: '韩志远', capacity: '老党员' },
        { name: '杨桂兰', capacity: '妇女代表' },
      ],
    }),
  answer: () =>
    answerPdf({
      title: '乡风文明评议异议复议答复书',
      number: '青山村复议〔2022〕2号',
      madeOn: plainDate('2022-12-21'),
      check,
      applicantLabel: '孙*芳',
      paragraphs: ['您户于2022年12月17日对2022年度乡风文明评议结果提出的异议（编号：YY-2022-0007）已予受理。复议小组于2022年12月20日召开会议，听取了您的陈述和原评议人员的说明，并查阅了有关记录。'],
      decision: '撤销负面项目一项，您户的评议得分由84.00分更正为86.00分。',
      reasons: ['复议小组认为，除下列更正的项目外，原评议认定的事实清楚、依据充分，应予维持。'],
      items: [
        { code: 'N08', zh: '乱倒垃圾', result: '撤销', reason: '原记录的日期当天您户全家外出，有两位邻居证明，事实不成立。' },
        { code: 'P05', zh: '参加公益劳动和志愿服务', result: '维持', reason: '全年参加两次，按清单给2分，无遗漏的记录。' },
      ],
      panel: ['复议小组由村评议审议小组成员四人、“五老”人员五人和群众代表两人组成，到会十一人，九人同意、两人反对；原评议人员未参加表决。'],
      remedies: ['复议结果将在村内公示七日。对处理过程有意见的，可以向镇监督小组反映，电话：0564-000 0001。'],
      signature: { by: '青山村复议小组', on: plainDate('2022-12-21') },
    }),
  'meeting-notice': () =>
    meetingNoticePdf({
      title: '关于召开上冲村民组乡风文明评议会议的通知',
      number: '青山村会议〔2022〕5号',
      madeOn: plainDate('2022-11-15'),
      addressees: '上冲村民组评议小组各成员',
      paragraphs: ['按照2022年度乡风文明评议工作安排，定于近期召开评议会议，请准时参加。须对有关农户回避的，请在会前或者当场申报。'],
      meetingOn: plainDate('2022-11-20'),
      time: '上午9时',
      place: '上冲村民组活动室',
      chair: '周建华（村包片干部）',
      agenda: ['宣读评议清单和回避规定，逐人申报回避', '逐户议定评议项目，填写小组评议表', '宣读评议表，全体成员签名'],
      contact: { name: '沈秀英', phone: '0564-000 0002' },
      signature: { by: '青山村党总支', on: plainDate('2022-11-15') },
    }),
};
