import { createHash } from 'node:crypto';

export interface HeldRow {
  readonly schema: number;
  readonly op: 'upsert' | 'delete';
  readonly recordId: string;
  readonly sequence: number;
  readonly villageCode: string;
  readonly items?: Readonly<Record<string, string>>;
}

export type Outcome = { readonly recordId: string; readonly sequence: number } & ({ readonly outcome: 'accepted' } | { readonly outcome: 'rejected'; readonly code: string; readonly field?: string });

interface Held {
  readonly row: HeldRow;
  readonly sha256: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Above this a household's income in yuan is taken for a slip of the pen. */
const largestIncome = 10_000_000;

/** 省库 — the newest row of every record, and what was last said of it. */
export class HeldRecords {
  private readonly held = new Map<string, Held>();

  /** Of two rows of a record the greater sequence counts; an older one changes nothing and is no fault. */
  apply(line: string): Outcome {
    const row = JSON.parse(line) as HeldRow;
    const { recordId, sequence } = row;
    const fault = this.fault(row);
    if (fault) return { recordId, sequence, outcome: 'rejected', ...fault };
    const known = this.held.get(recordId);
    if (!known || known.row.sequence <= sequence) this.held.set(recordId, { row, sha256: sha256(line) });
    return { recordId, sequence, outcome: 'accepted' };
  }

  villages(under: string): { villageCode: string; count: number; sha256: string }[] {
    const prefix = under.replace(/(000)+$/, '');
    const codes = [...new Set([...this.held.values()].map(({ row }) => row.villageCode))].filter((code) => code.startsWith(prefix)).toSorted((a, b) => a.localeCompare(b));
    return codes.flatMap((villageCode) => {
      const records = this.records(villageCode);
      if (records.length === 0) return [];
      return [{ villageCode, count: records.length, sha256: sha256(records.map((record) => `${record.recordId} ${record.sha256}\n`).join('')) }];
    });
  }

  /** Ordered by id; deleted ones are not held. */
  records(villageCode: string): { recordId: string; sha256: string }[] {
    return [...this.held.values()]
      .filter(({ row }) => row.op === 'upsert' && row.villageCode === villageCode)
      .map(({ row, sha256: digest }) => ({ recordId: row.recordId, sha256: digest }))
      .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1));
  }

  /** Loses a record, as an accident at the province would. */
  lose(recordId: string): boolean {
    return this.held.delete(recordId);
  }

  private fault({ op, items = {} }: HeldRow): { code: string; field?: string } | null {
    if (op === 'delete') return null;
    const { annualIncome } = items;
    return annualIncome !== undefined && Number(annualIncome) > largestIncome ? { code: 'field.invalid', field: 'annualIncome' } : null;
  }
}
