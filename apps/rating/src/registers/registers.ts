import { civilityReads } from '@credit/contracts';
import { type Actor, cursorOf, InternalClient, type PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { repairRulesOn } from '../repair/repair-rules';
import { CandidateStore } from './candidate.store';
import { ConstraintStore } from './constraint.store';
import { HonourStore } from './honour.store';
import type { CreditCandidatePage, CreditConstraintPage, HonourPage } from './register.types';

const read = 'register.read';
const afterOf = (page: PageArgs): string | null => readCursor(page.after, 1)?.[0] ?? null;

function nextAfter<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return last === undefined ? null : cursorOf(keyOf(last));
}

/** 名册 — the lists as they are today, for the county and town offices; what lapsed is gone without anybody's doing. 三(七)2、三(八) */
@Injectable()
export class Registers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  honoured(actor: Actor, page: PageArgs): Promise<HonourPage> {
    return this.work.read(actor, async (tx) => {
      const rows = await new HonourStore(tx).page(actor.scopesFor(read), afterOf(page), pageSize(page));
      return { rows, nextCursor: nextAfter(rows, pageSize(page), ({ subjectId }) => subjectId) };
    });
  }

  constraints(actor: Actor, page: PageArgs): Promise<CreditConstraintPage> {
    return this.work.read(actor, async (tx) => {
      const { legalBases, ordinaryService } = repairRulesOn(tx.today).registers;
      const rows = await new ConstraintStore(tx).page(actor.scopesFor(read), afterOf(page), pageSize(page));
      return {
        rows: rows.map(({ constraintId: id, subjectNo, villageCode, legalBasis, documentSha256, enteredOn, lastDay }) => ({
          id,
          subjectNo,
          villageCode,
          legalBasis: legalBases[legalBasis] ?? legalBasis,
          documentSha256,
          enteredOn,
          lastDay,
          ordinaryService,
        })),
        nextCursor: nextAfter(rows, pageSize(page), ({ constraintId }) => constraintId),
      };
    });
  }

  leaders(actor: Actor, page: PageArgs): Promise<CreditCandidatePage> {
    return this.work.read(actor, async (tx) => {
      const { leaderGrade } = repairRulesOn(tx.today).registers;
      const rows = await new CandidateStore(tx).leaders(actor.scopesFor(read), leaderGrade, afterOf(page), pageSize(page));
      return { rows: rows.map((row) => ({ ...row, reason: `${row.grade} 级评定有效至 ${row.lastDay}` })), nextCursor: nextAfter(rows, pageSize(page), ({ subjectId }) => subjectId) };
    });
  }

  /** Civility is asked of its owner at this moment; without an answer there is no list. */
  support(actor: Actor, villageCode: string, page: PageArgs): Promise<CreditCandidatePage> {
    actor.require(read, villageCode);
    return this.work.read(actor, async (tx) => {
      const least = repairRulesOn(tx.today).registers.supportCivilityAtLeast;
      const scores = (await this.peers.all(civilityReads.finalScores, { villageCode })).filter(({ final, vetoed, hundredths }) => final && !vetoed && hundredths >= least * 100);
      const scoreOf = new Map(scores.map(({ householdId, hundredths }) => [householdId, (hundredths / 100).toFixed(2)]));
      const rows = await new CandidateStore(tx).support(villageCode, [...scoreOf.keys()], afterOf(page), pageSize(page));
      return {
        rows: rows.map((row) => ({ ...row, reason: `${row.grade} 级；评议 ${scoreOf.get(row.subjectId) ?? ''} 分，不低于 ${least} 分；${row.recordedOn} 登记有发展意愿` })),
        nextCursor: nextAfter(rows, pageSize(page), ({ subjectId }) => subjectId),
      };
    });
  }
}
