import { setTimeout as wait } from 'node:timers/promises';
import { identityReads, Problem } from '@credit/contracts';
import { anonymous, InternalClient, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PublicationListStore } from '../publications/publication-list.store';
import { NoticeRules } from '../rules/notice-rules';
import { type OwnNotice, ownPage, refusedPage, unavailablePage } from './own-page';

const form = z.object({ code: z.string().trim().min(1).max(20), tail: z.string().trim().length(4) });

/** Every answer takes at least so long, so that the time says no more than the words; milliseconds of machine time. */
const shortestAnswer = 400;

export interface OwnAnswer {
  readonly status: 200 | 403 | 503;
  readonly page: string;
}

/**
 * 查本户结果 — only with the code on the household's slip and the last four of a member's ID; identity counts the tries of code and address
 * together with those of sign-in. Whatever was wrong, the answer is the same. 三(三)3 [D]
 */
@Injectable()
export class ShowOwn {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly rules: NoticeRules,
  ) {}

  async execute(villageCode: string, given: unknown, address: string): Promise<OwnAnswer> {
    const [answer] = await Promise.all([this.answer(villageCode, given, address), wait(shortestAnswer)]);
    return answer;
  }

  private async answer(villageCode: string, given: unknown, address: string): Promise<OwnAnswer> {
    const asked = form.safeParse(given);
    if (!asked.success) return { status: 403, page: refusedPage(villageCode) };
    try {
      const holder = await this.peers.one(identityReads.slipHolder, { ...asked.data, address });
      if (!holder) return { status: 403, page: refusedPage(villageCode) };
      return { status: 200, page: ownPage(villageCode, await this.noticesOf(villageCode, holder.householdId)) };
    } catch (error) {
      if (error instanceof Problem && error.code === 'peer.unavailable') return { status: 503, page: unavailablePage(villageCode) };
      throw error;
    }
  }

  private noticesOf(villageCode: string, householdId: string): Promise<OwnNotice[]> {
    return this.work.read(anonymous, async (tx) => {
      const own = await new PublicationListStore(tx).ownHanging(villageCode, householdId);
      return own.map(({ kind, templateVersion, result, ...notice }) => {
        const head = this.rules.notice(kind, templateVersion).results;
        return { ...notice, result: head === undefined || result === null ? null : { head, value: result } };
      });
    });
  }
}
