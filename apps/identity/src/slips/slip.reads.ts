import { randomInt } from 'node:crypto';
import { type AskedOf, identityReads, type RowOf } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { addDays } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { signInRules } from '../settings';
import { SignInWithSlip } from './sign-in-with-slip';
import { slipHash } from './slip-hash';
import { SlipStore } from './slip.store';

/** No 0 and O, 1 and I and L: read from paper, typed by hand. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const length = 12;

/** 告知单取号 for printing: a code still valid is given again, so that a reprint shows the same. */
@Injectable()
export class SlipReads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly signIn: SignInWithSlip,
  ) {}

  @Answers(identityReads.slipCodes)
  slipCodes(ask: AskedOf<typeof identityReads.slipCodes>): Promise<RowOf<typeof identityReads.slipCodes>[]> {
    return this.work.run(systemActor(), async (tx) => {
      const slips = new SlipStore(tx);
      const known = new Map((await slips.validOf(ask.householdIds)).map((slip) => [slip.householdId, slip]));
      const seals = await this.vault.sealsFor(tx, ask.householdIds);
      const lastDay = addDays(tx.today, signInRules(tx.today).slipDays);
      const rows: RowOf<typeof identityReads.slipCodes>[] = [];
      const made: Parameters<SlipStore['insertAll']>[0][number][] = [];
      for (const [householdId, seal] of seals) {
        const slip = known.get(householdId);
        if (slip) {
          rows.push({ householdId, code: seal.open(slip.code, ['slip_code', householdId, 'code']), lastDay: slip.lastDay });
          continue;
        }
        const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
        made.push({ householdId, codeHash: slipHash(this.vault, code), code: seal.seal(code, ['slip_code', householdId, 'code']), lastDay });
        rows.push({ householdId, code, lastDay });
      }
      await slips.insertAll(made);
      return rows;
    });
  }

  /** 核对取号码 for the public page; tries there and at sign-in are counted together. */
  @Answers(identityReads.slipHolder)
  async slipHolder({ code, tail, address }: AskedOf<typeof identityReads.slipHolder>): Promise<RowOf<typeof identityReads.slipHolder>[]> {
    const holder = await this.signIn.execute(code, tail, address);
    return 'refused' in holder ? [] : [holder];
  }
}
