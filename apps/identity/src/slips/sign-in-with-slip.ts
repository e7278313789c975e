import { archivesReads } from '@credit/contracts';
import { InternalClient, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { signInRules } from '../settings';
import { slipHash } from './slip-hash';
import { SlipStore } from './slip.store';

export type SlipSignIn = { readonly householdId: string; readonly memberId: string } | { readonly refused: true };

/**
 * 凭告知单登录 — the one-time code on the household's slip and the last four characters of an adult member's ID. Tries are
 * limited per code and per address, and no answer says which part was wrong.
 */
@Injectable()
export class SignInWithSlip {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
  ) {}

  execute(code: string, tail: string, address: string): Promise<SlipSignIn> {
    return this.work.run(systemActor(), async (tx) => {
      const rules = signInRules(tx.today);
      const slips = new SlipStore(tx);
      if ((await slips.noteAttempt(this.vault.hash(address, 'address'))) > rules.addressAttempts) return { refused: true };
      const slip = await slips.lockByHash(slipHash(this.vault, code));
      if (!slip || slip.failures >= rules.failuresToLock || !/^\d{3}[\dX]$/i.test(tail)) return { refused: true };
      const member = await this.peers.one(archivesReads.memberByTail, { householdId: slip.householdId, tail: tail.toUpperCase() });
      if (!member) {
        await slips.setFailures(slip.codeHash, slip.failures + 1);
        await tx.audit.record('slip.refused', slip.householdId);
        return { refused: true };
      }
      await slips.setFailures(slip.codeHash, 0);
      await tx.audit.record('slip.signed-in', slip.householdId, { memberId: member.memberId });
      return { householdId: slip.householdId, memberId: member.memberId };
    });
  }
}
