import { archivesReads, type SubjectKind } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type TellingRequest, TellingStore } from './telling.store';

/** Somebody who is to be told, with the names a paper may show. */
export interface ToTell {
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectNo: string;
  /** 脱敏名称, for a paper that only the subject gets. */
  readonly label: string;
  /** What others may read: the number where the household has not agreed to its name being shown. */
  readonly shownAs: string;
  readonly groupCode: string;
  readonly text: string;
  readonly state: string;
  readonly settledOn: PlainDate | null;
}

/** 取告知名册 — the subjects of a publication, or of a template under a division, by group and number. */
@Injectable()
export class GatherTelling {
  constructor(private readonly peers: InternalClient) {}

  async execute(tx: Tx, request: TellingRequest): Promise<ToTell[]> {
    const notified = await new TellingStore(tx).of(request);
    const labels = new Map((await this.peers.all(archivesReads.labels, { subjectIds: notified.map(({ subjectId }) => subjectId) })).map((label) => [label.subjectId, label]));
    return notified
      .flatMap((one): ToTell[] => {
        const known = labels.get(one.subjectId);
        if (!known?.divisionCode.startsWith(request.divisionCode)) return [];
        const { subjectKind, subjectNo, label, mayPublishName, divisionCode } = known;
        return [{ ...one, subjectKind, subjectNo, label, shownAs: mayPublishName ? label : subjectNo, groupCode: divisionCode }];
      })
      .toSorted((a, b) => a.groupCode.localeCompare(b.groupCode) || a.subjectNo.localeCompare(b.subjectNo));
  }
}
