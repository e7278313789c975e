/** Days are texts; the reference counts them on its own. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 公示 as the policy tells it: seven days from the posting, one more for each day missed, ten more for objections. 三(三)3 */
export class Notice {
  postedOn: number | null = null;
  suspendedOn: number | null = null;
  withdrawn = false;
  told = false;
  private readonly missed = new Set<number>();

  constructor(public id: string) {}

  get lastDay(): number {
    return (this.postedOn ?? 0) + 7 + this.missed.size;
  }

  get objectionLastDay(): number {
    return this.lastDay + 10;
  }

  get isDraft(): boolean {
    return this.postedOn === null && !this.withdrawn;
  }

  isSuspended(): boolean {
    return this.suspendedOn !== null && !this.withdrawn;
  }

  /** Hangs and has not run out; one that is suspended does not run. */
  runs(today: number): boolean {
    return this.postedOn !== null && !this.withdrawn && this.suspendedOn === null && today <= this.lastDay;
  }

  /** Each day counts as missed once, from its start to the day on which all hung again. */
  miss(from: number, before: number): void {
    for (let day = from; day < before; day += 1) this.missed.add(day);
  }

  refusal(today: number): string | null {
    if (this.withdrawn) return 'publication-withdrawn';
    if (this.postedOn === null) return 'not-posted';
    return !this.isSuspended() && today > this.objectionLastDay ? 'late' : null;
  }

  stateOn(today: number): string {
    if (this.withdrawn) return 'withdrawn';
    if (this.isSuspended()) return 'suspended';
    if (this.postedOn === null) return 'draft';
    return this.runs(today) ? 'posted' : 'closed';
  }
}

/** 复议 — one case per publication and household at a time; joined objections are due from the earliest. */
export interface Dispute {
  readonly notice: Notice;
  readonly dueOn: number;
  state: 'open' | 'convened' | 'answered' | 'taken-back';
  changedTo: number | null;
  outcomePostedOn: number | null;
}

export interface Filing {
  objectionId: string;
  readonly notice: Notice;
  readonly ground: string;
  readonly refusal: string | null;
  readonly dispute: Dispute | null;
  takenBack: boolean;
}

/** 一户 — what must be true of a household's score whatever the order in which things came. */
export class HouseholdReference {
  readonly filings: Filing[] = [];
  readonly scores: number[] = [8000];
  private changedBy: Dispute | null = null;

  get latest(): Filing | undefined {
    return this.filings.at(-1);
  }

  /** Null: one per applicant and ground. */
  file(notice: Notice, ground: string, today: number): Filing | null {
    const refusal = notice.refusal(today);
    const standing = this.filings.filter((one) => one.notice === notice && one.refusal === null && !one.takenBack);
    if (refusal === null && standing.some((one) => one.ground === ground)) return null;
    const open = standing.find((one) => one.dispute !== null && isOpen(one.dispute))?.dispute;
    const dispute = refusal === null ? (open ?? { notice, dueOn: today + 5, state: 'open' as const, changedTo: null, outcomePostedOn: null }) : null;
    const filing = { objectionId: '', notice, ground, refusal, dispute, takenBack: false };
    this.filings.push(filing);
    return filing;
  }

  takeBack(filing: Filing): boolean {
    if (!filing.dispute || filing.takenBack || !isOpen(filing.dispute)) return false;
    filing.takenBack = true;
    if (!this.filings.some((one) => one.dispute === filing.dispute && !one.takenBack)) filing.dispute.state = 'taken-back';
    return true;
  }

  convene({ dispute, takenBack }: Filing): boolean {
    if (!dispute || takenBack || !isOpen(dispute)) return false;
    dispute.state = 'convened';
    return true;
  }

  answer({ dispute, takenBack }: Filing, changedTo: number | null): boolean {
    if (!dispute || takenBack || dispute.state !== 'convened') return false;
    dispute.state = 'answered';
    dispute.changedTo = changedTo;
    if (changedTo !== null) {
      this.scores.push(changedTo);
      this.changedBy = dispute;
    }
    return true;
  }

  /** 未生效的原因; null when the score is final. */
  reason(present: Notice, today: number): string | null {
    if (present.postedOn === null || present.withdrawn || present.isSuspended()) return 'not-published';
    if (today <= present.objectionLastDay) return 'window-open';
    if (this.filings.some(({ dispute }) => dispute !== null && isOpen(dispute))) return 'objection-open';
    if (!present.told) return 'not-told';
    if (this.changedBy && (this.changedBy.outcomePostedOn === null || today <= this.changedBy.outcomePostedOn + 7)) return 'outcome-in-publication';
    return null;
  }

  stateOf({ dispute, refusal, takenBack }: Filing, today: number): string {
    if (refusal !== null || !dispute) return 'refused';
    if (takenBack) return 'withdrawn';
    switch (dispute.state) {
      case 'open':
        return 'admitted';
      case 'convened':
        return 'panel-convened';
      case 'taken-back':
        return 'withdrawn';
      case 'answered':
        if (dispute.outcomePostedOn === null) return 'answered';
        return today > dispute.outcomePostedOn + 7 ? 'closed' : 'outcome-published';
    }
  }
}

export function isOpen({ state }: Dispute): boolean {
  return state === 'open' || state === 'convened';
}
