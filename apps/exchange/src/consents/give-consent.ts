import { archivesReads, identityReads, Problem, type RowOf } from '@credit/contracts';
import { type Actor, InternalClient, newId, purposesFor, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { PlainDate } from '@credit/policy';
import { z } from 'zod';
import { ConsentStore } from './consent.store';
import { purposeCode, requirePurpose } from './purposes';

const giving = z
  .object({
    subjectId: z.uuid(),
    memberId: z.uuid().nullish(),
    clientId: z.uuid(),
    purpose: purposeCode,
    fromOn: z.iso.date(),
    lastDay: z.iso.date(),
    scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制').nullish(),
  })
  .refine((input) => input.lastDay >= input.fromOn, { path: ['lastDay'], message: '授权截止日不能早于起始日' });

type Giving = z.output<typeof giving>;
type Label = RowOf<typeof archivesReads.labels>;
export type GivingInput = z.input<typeof giving> & { readonly requestId: string };

export type ConsentReceipt = Readonly<{ consentId: string; subjectId: string; memberId: string | null; fromOn: string; lastDay: string }>;

/** 授权 — by a villager for oneself, or recorded by the clerk from the signed paper; never for somebody else. 三(七)1 */
@Injectable()
export class GiveConsent {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, request: GivingInput): Promise<ConsentReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'consent.give', requestId, body }, async (tx) => {
      const input = giving.parse(body);
      if (input.lastDay < tx.today) throw new Problem('input.invalid', {}, [{ path: 'lastDay', message: '授权截止日已过，请改为今天或以后' }]);
      requirePurpose(this.rules, input.purpose, tx.today);
      requireSelf(actor, input);
      const label = await this.peers.one(archivesReads.labels, { subjectIds: [input.subjectId] });
      if (!label) throw new Problem('not-found', { subjectId: input.subjectId });
      await this.requireTakerOf(input, tx.today);
      const memberId = await this.giverOf(actor, input, label);

      const consents = new ConsentStore(tx);
      const key = { subjectId: input.subjectId, memberId, clientId: input.clientId, purpose: input.purpose };
      if (await consents.running(key, input.fromOn)) throw new Problem('consent.already-given', { subjectId: input.subjectId });
      const id = newId();
      await consents.insert({
        ...key,
        id,
        subjectKind: label.subjectKind,
        divisionCode: label.divisionCode,
        fromOn: input.fromOn,
        lastDay: input.lastDay,
        scanSha256: input.scanSha256 ?? null,
        givenBy: actor.principal,
        givenAt: tx.now,
        revokedBy: null,
        revokedAt: null,
      });
      await tx.audit.record('consent.given', id, { ...key, fromOn: input.fromOn, lastDay: input.lastDay });
      return { consentId: id, subjectId: input.subjectId, memberId, fromOn: input.fromOn, lastDay: input.lastDay };
    });
  }

  /** Whoever is given a consent must be registered, and for that purpose. */
  private async requireTakerOf(input: Giving, today: PlainDate): Promise<void> {
    const client = await this.peers.one(identityReads.clients, { clientIds: [input.clientId] });
    if (!client?.active) throw new Problem('consent.unknown-client', { clientId: input.clientId });
    const mayHave = client.purposes.includes(input.purpose) && purposesFor(this.rules, client.kind, today).includes(input.purpose);
    if (!mayHave) throw new Problem('consent.purpose-not-agreed', { clientId: input.clientId, purpose: input.purpose });
  }

  private async giverOf(actor: Actor, input: Giving, label: Label): Promise<string | null> {
    if (!actor.villager) {
      actor.require('consent.give', label.divisionCode);
      if (!input.scanSha256) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为登记的授权须有本人签字的书面材料，请附扫描件摘要' }]);
    }
    if (label.subjectKind !== 'household') {
      if (input.memberId) throw new Problem('input.invalid', {}, [{ path: 'memberId', message: '经营主体、村集体的授权不填成员' }]);
      return null;
    }
    const memberId = actor.villager?.memberId ?? input.memberId;
    if (!memberId) throw new Problem('input.invalid', {}, [{ path: 'memberId', message: '请填写授权人（成年成员）的编号' }]);
    const adults = await this.peers.all(archivesReads.adults, { householdId: input.subjectId });
    if (!adults.some((adult) => adult.memberId === memberId)) throw new Problem('consent.not-adult', { subjectId: input.subjectId, memberId });
    return memberId;
  }
}

function requireSelf(actor: Actor, input: Giving): void {
  if (!actor.villager) return;
  const ownHousehold = input.subjectId === actor.villager.householdId;
  if (!ownHousehold || (input.memberId && input.memberId !== actor.villager.memberId)) throw new Problem('consent.not-own');
}
