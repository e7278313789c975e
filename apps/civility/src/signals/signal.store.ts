import type { Tx } from '@credit/platform';
import type { SignalGroup } from '@credit/policy';

const ownHousehold = `coalesce(m.household_id, (SELECT p.household_id FROM member p WHERE p.round_id = m.round_id AND p.account_id = m.account_id AND p.household_id IS NOT NULL ORDER BY p.id LIMIT 1))`;

/** All SQL of signals: they are read, never stored. */
export class SignalStore {
  constructor(private readonly tx: Tx) {}

  /** The confirmed group tables of a round without the households hidden from the reader. */
  groups(roundId: string, hidden: readonly string[]): Promise<SignalGroup[]> {
    return this.tx.manager.query(
      `SELECT t.group_code AS "groupCode",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('memberId', m.id, 'householdId', ${ownHousehold})), '[]') FROM member m WHERE m.id = ANY(t.present)) AS present,
         jsonb_agg(jsonb_build_object('householdId', s.household_id, 'hundredths', s.hundredths, 'vetoed', s.vetoed, 'withdrawn', s.withdrawn,
           'digest', (SELECT coalesce(string_agg(concat(l->>'itemCode', ' ', l->>'markedHundredths'), '|' ORDER BY l->>'itemCode', l->>'markedHundredths'), '') FROM jsonb_array_elements(s.lines) l))) AS sheets
       FROM group_table t JOIN sheet s ON s.table_id = t.id
       WHERE t.round_id = $1 AND t.state = 'confirmed' AND NOT s.household_id = ANY($2) GROUP BY t.id`,
      [roundId, hidden],
    );
  }
}
