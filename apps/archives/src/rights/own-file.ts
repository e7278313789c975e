import { Problem } from '@credit/contracts';
import { type PersonalSeal, RULES, type Rules, type Tx, Vault } from '@credit/platform';
import { maskResidentId, type PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { CorrectionRequestStore } from '../corrections/correction-request.store';
import { FileStore } from '../files/file.store';
import { itemPlace } from '../subjects/item.store';
import { type Member, type Subject, SubjectStore } from '../subjects/subject.store';
import { type Access, type GivenConsent, type KeptValue, OwnFileStore } from './own-file.store';
import { rightsRules } from './rights-rules';

export interface OwnMember {
  readonly name: string;
  readonly relation: string;
  readonly residentId: string;
  readonly phone: string | null;
}

export interface OwnCorrection {
  readonly requestedOn: PlainDate;
  readonly ground: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly answeredOn: PlainDate | null;
}

/** 本户档案 — everything the archives keep about one household, opened. */
export interface OwnFile {
  readonly householdNo: string;
  readonly address: string | null;
  readonly members: readonly OwnMember[];
  readonly values: readonly (Omit<KeptValue, 'value'> & { readonly zh: string; readonly unit: string | null; readonly text: string })[];
  readonly consents: readonly (GivenConsent & { readonly name: string })[];
  readonly corrections: readonly OwnCorrection[];
  readonly accesses: readonly Access[];
}

/** 取本户档案 — of a household that was not erased: `subject.erased` otherwise. 个人信息保护法 45 */
@Injectable()
export class OwnFileReader {
  constructor(
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async of(tx: Tx, household: Subject): Promise<OwnFile> {
    const { subjectId } = household;
    const members = await new SubjectStore(tx).membersOf([subjectId]);
    const seals = await this.vault.existing(tx, [subjectId, ...members.map(({ memberId }) => memberId)]);
    const seal = seals.get(subjectId);
    if (!seal) throw new Problem('subject.erased', { subjectId });
    const own = new OwnFileStore(tx);
    const address = await own.address(subjectId);
    const named = members.flatMap((member) => openMember(member, seals.get(member.memberId)));
    const { accesses, accessesShown } = rightsRules(tx.today);
    const files = await new FileStore(tx).bySubjects([subjectId]);
    const concerned = [subjectId, ...members.map(({ memberId }) => memberId), ...files.map(({ fileId }) => fileId)];
    return {
      householdNo: household.subjectNo,
      address: address ? seal.open(address, ['subject', subjectId, 'address']) : null,
      members: named,
      values: (await own.values(subjectId)).map((value) => this.shown(household, value, seal)),
      consents: (await own.consents(subjectId)).map((consent) => ({ ...consent, name: named.find(({ memberId }) => memberId === consent.memberId)?.name ?? '已删除的成员' })),
      corrections: (await new CorrectionRequestStore(tx).ofSubject(subjectId)).map(({ objectionId, requestedOn, ground, outcome, reason, answeredOn }) => ({
        requestedOn,
        ground,
        outcome,
        reason: reason ? seal.open(reason, ['correction_request', objectionId, 'reason']) : null,
        answeredOn,
      })),
      accesses: await own.accesses(concerned, Object.keys(accesses), accessesShown),
    };
  }

  private shown({ subjectId, kind }: Subject, { value, ...kept }: KeptValue, seal: PersonalSeal): OwnFile['values'][number] {
    const rule = this.rules.items[kind][kept.item];
    const written = seal.open(value, itemPlace(subjectId, kept.item));
    const text = rule?.type === 'boolean' ? (written === 'yes' ? '是' : '否') : (rule?.values?.[written] ?? written);
    return { ...kept, zh: rule?.zh ?? kept.item, unit: rule?.unit ?? null, text };
  }
}

/** The number is shortened: paper lies about at home. */
function openMember(member: Member, seal: PersonalSeal | undefined): (OwnMember & { readonly memberId: string })[] {
  if (!seal) return [];
  const open = (bytes: Buffer, column: string): string => seal.open(bytes, ['member', member.memberId, column]);
  return [
    {
      memberId: member.memberId,
      name: open(member.name, 'name'),
      relation: member.relation,
      residentId: maskResidentId(open(member.residentId, 'resident_id')),
      phone: member.phone ? open(member.phone, 'phone') : null,
    },
  ];
}
