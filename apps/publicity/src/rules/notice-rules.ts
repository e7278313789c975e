import { join } from 'node:path';
import { publicationKind, type PublicationKind } from '@credit/contracts';
import { repositoryRoot, RuleFile } from '@credit/platform';
import { issue, isPlainDate, type PlainDate } from '@credit/policy';
import { z } from 'zod';
import { isPlaceholder, placeholdersIn } from './placeholders';

const text = z.string().min(1);
const day = text.refine(isPlainDate, '须为 2022-11-14 这样的日期');
const uses = z.array(text.refine(isPlaceholder, '不是可用的填充项'));
const dated = { from: day, version: z.int().positive(), source: text };

const notice = z.strictObject({
  ...dated,
  title: text,
  uses,
  opening: text,
  period: text,
  objections: text.optional(),
  places: z.array(z.enum(['board', 'group', 'public'])).min(1),
  /** Head of the column of names; a notice without one has no table. */
  subjects: text.optional(),
  /** Head of the column of results; without one no result is shown, whatever the owner answers. */
  results: text.optional(),
  objection: z.enum(['window', 'until-last-day', 'none']),
  tell: text.optional(),
});
const message = z.strictObject({ ...dated, uses, text });
/** All that may be said to everybody: no name, score or grade can be put in. */
const announced = z.enum(['place', 'title', 'places', 'postedOn', 'lastDay', 'objectionLastDay', 'receiver', 'address', 'phone'], '广播用语中不能用这个填充项');
const announcement = z.strictObject({ ...dated, read: z.enum(['aloud', 'silently']), uses: z.array(announced), text, objections: text, contact: text, closing: text });
const telling = z.strictObject({
  versions: z.array(
    z.strictObject({
      from: day,
      source: text,
      confirmations: z.int().positive(),
      notDeliverable: z.strictObject({ channels: z.int().positive(), triesPerChannel: z.int().positive() }),
    }),
  ),
  channels: z.record(text, z.strictObject({ zh: text, recordedBy: z.enum(['staff', 'household', 'system', 'broadcast']), source: text })),
  reasons: z.record(text, text),
});

export type NoticeTemplate = z.output<typeof notice>;
export type MessageTemplate = z.output<typeof message>;
export type AnnouncementTemplate = z.output<typeof announcement>;
export type Telling = z.output<typeof telling>;
export type TellingVersion = Telling['versions'][number];

/** The template for what a service asks to tell under a name that has no wording of its own. */
const fallbackTemplate = 'case-update';

/** 文书与告知规则 — dated wordings of notices and messages, and when a household counts as told. */
export class NoticeRules {
  constructor(
    private readonly notices: Readonly<Record<PublicationKind, readonly NoticeTemplate[]>>,
    private readonly messages: Readonly<Record<string, readonly MessageTemplate[]>>,
    private readonly announcements: Readonly<Record<string, readonly AnnouncementTemplate[]>>,
    readonly telling: Telling,
  ) {}

  noticeOn(kind: PublicationKind, on: PlainDate): NoticeTemplate {
    return inForce(this.notices[kind], on, kind);
  }

  /** The wording a publication was drafted with. */
  notice(kind: PublicationKind, version: number): NoticeTemplate {
    const found = this.notices[kind].find((one) => one.version === version);
    if (!found) throw new Error(`rules/notices/notices.yaml: ${kind} has no version ${version} any more; versions are never removed`);
    return found;
  }

  messageOn(template: string, on: PlainDate): MessageTemplate {
    return inForce(this.messages[template] ?? this.messages[fallbackTemplate] ?? [], on, template);
  }

  /** The wording for a channel that reaches everybody at once; undefined for one without. */
  announcementOn(channel: string, on: PlainDate): AnnouncementTemplate | undefined {
    const versions = this.announcements[channel];
    return versions && inForce(versions, on, channel);
  }

  get announced(): string[] {
    return Object.keys(this.announcements);
  }

  /** One channel, or several that were all in vain, joined by `+`. */
  channelName(code: string): string {
    return code.split('+').map((one) => this.telling.channels[one]?.zh ?? one).join('、');
  }

  tellingOn(on: PlainDate): TellingVersion {
    return inForce(this.telling.versions, on, 'telling');
  }
}

function inForce<T extends { readonly from: string }>(versions: readonly T[], on: PlainDate, name: string): T {
  const found = versions.findLast(({ from }) => from <= on) ?? versions[0];
  if (!found) throw new Error(`rules/notices: nothing for ${name}`);
  return found;
}

class Reader {
  readonly faults: string[] = [];

  constructor(private readonly folder: string) {}

  read<S extends z.ZodType>(name: string, shape: S): { file: RuleFile; data: z.output<S> } | undefined {
    const file = RuleFile.open(join(this.folder, name), `rules/notices/${name}`);
    this.faults.push(...file.syntaxFaults());
    if (this.faults.length > 0) return undefined;
    const parsed = shape.safeParse(file.data);
    if (parsed.success) return { file, data: parsed.data };
    for (const fault of parsed.error.issues) {
      const path = fault.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
      this.faults.push(file.sentence(issue(path, 'rule.shape', `“${path.join('.')}”填写不符合格式：${fault.message}`)));
    }
    return undefined;
  }

  /** Words in braces must be declared and every declared word must be used. */
  checkWords(file: RuleFile, path: readonly (string | number)[], declared: readonly string[], texts: readonly (string | undefined)[]): void {
    const used = new Set(texts.flatMap((one) => placeholdersIn(one ?? '')));
    for (const word of used) if (!declared.includes(word)) this.faults.push(file.sentence(issue(path, 'notice.undeclared', `用到了未在 uses 中登记的“{${word}}”，请登记或改正`)));
    for (const word of declared) if (!used.has(word)) this.faults.push(file.sentence(issue(path, 'notice.unused', `uses 中的“${word}”没有用到，请删去`)));
  }

  checkOrder(file: RuleFile, name: string, versions: readonly { readonly from: string; readonly version: number }[]): void {
    versions.forEach((one, index) => {
      const before = versions[index - 1];
      if (before && (before.from >= one.from || before.version >= one.version)) this.faults.push(file.sentence(issue([name, index], 'notice.order', '版本须按起始日和版本号先后排列，且不得重复')));
    });
  }
}

/** Reads `rules/notices/`; throws with every fault, each with file, line and what to do. */
export function loadNoticeRules(folder: string = join(repositoryRoot(), 'rules', 'notices')): NoticeRules {
  const reader = new Reader(folder);
  const notices = reader.read('notices.yaml', z.record(publicationKind, z.array(notice).min(1)));
  const messages = reader.read('messages.yaml', z.record(text, z.array(message).min(1)));
  const announcements = reader.read('announcements.yaml', z.record(text, z.array(announcement).min(1)));
  const rules = reader.read('telling.yaml', telling);
  for (const [kind, versions] of Object.entries(notices?.data ?? {})) {
    if (!notices) break;
    reader.checkOrder(notices.file, kind, versions);
    versions.forEach((one, index) => {
      reader.checkWords(notices.file, [kind, index], one.uses, [one.title, one.opening, one.period, one.objections]);
      if (one.tell !== undefined && !messages?.data[one.tell]) reader.faults.push(notices.file.sentence(issue([kind, index, 'tell'], 'notice.no-message', `messages.yaml 中没有“${one.tell}”，请先登记`)));
    });
  }
  for (const [name, versions] of Object.entries(messages?.data ?? {})) {
    if (!messages) break;
    reader.checkOrder(messages.file, name, versions);
    versions.forEach((one, index) => reader.checkWords(messages.file, [name, index], one.uses, [one.text]));
  }
  for (const [channel, versions] of Object.entries(announcements?.data ?? {})) {
    if (!announcements) break;
    reader.checkOrder(announcements.file, channel, versions);
    if (rules && rules.data.channels[channel]?.recordedBy !== 'broadcast') reader.faults.push(announcements.file.sentence(issue([channel], 'notice.no-channel', `telling.yaml 中没有广播渠道“${channel}”，请先登记`)));
    versions.forEach((one, index) => {
      const said = [one.text, one.objections, one.contact, one.closing];
      reader.checkWords(announcements.file, [channel, index], one.uses, said);
      if (one.read === 'aloud' && said.some((sentence) => /\d/.test(sentence))) reader.faults.push(announcements.file.sentence(issue([channel, index], 'notice.figures', '要念出来的用语请把数字写成汉字')));
    });
  }
  if (reader.faults.length > 0 || !notices || !messages || !announcements || !rules) throw new Error(`文书规则有 ${reader.faults.length} 处问题 / faults in the notice rules:\n${reader.faults.join('\n')}`);
  return new NoticeRules(notices.data, messages.data, announcements.data, rules.data);
}

