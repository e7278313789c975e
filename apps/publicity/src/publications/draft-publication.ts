import { archivesReads, Problem, type PublicationKind, type RowOf, type Service, sharedReads } from '@credit/contracts';
import { InternalClient, newId, type Tx } from '@credit/platform';
import { publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { NoticeRules, type NoticeTemplate } from '../rules/notice-rules';
import { fill } from '../rules/placeholders';
import type { PlaceRow, Publication } from './publication.row';
import { type Entry, PublicationStore } from './publication.store';

type Content = RowOf<typeof sharedReads.publicationContent>;
type Division = RowOf<typeof archivesReads.divisions>;

export interface PublicationCase {
  readonly owner: Service;
  readonly kind: PublicationKind;
  readonly key: string;
  readonly divisionCode: string;
}

interface Pulled {
  readonly facts: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
  readonly entries: readonly Entry[];
}

const notPosted = {
  state: publicationMachine.initial,
  version: 1,
  daysAsked: null,
  postedOn: null,
  lastDay: null,
  objectionLastDay: null,
  suspendedOn: null,
  withdrawal: null,
  openedAgainAs: null,
} as const;
const labelsPerAsk = 5000;
const boardName = '村党务公开栏';
const publicName = '县级公开平台';

/**
 * 拟稿 — pulls the content from its owner and the masked names from the archives at this moment; both fail closed. What is
 * drafted is what will hang: nothing of it changes once it is posted. 三(三)1、三(三)3、三(六)
 */
@Injectable()
export class DraftPublication {
  constructor(
    private readonly peers: InternalClient,
    private readonly rules: NoticeRules,
  ) {}

  /** Returns the id of the new draft. */
  async inside(tx: Tx, wanted: PublicationCase, againOf: string | null = null): Promise<string> {
    const template = this.rules.noticeOn(wanted.kind, tx.today);
    const pulled = await this.pull(wanted, template);
    const divisions = await this.peers.all(archivesReads.divisions, { under: wanted.divisionCode });
    const divisionName = placeNameOf(divisions.find(({ code }) => code === wanted.divisionCode)?.name ?? wanted.divisionCode);
    const id = newId();
    const places = placesOf(id, wanted.divisionCode, template, divisions);
    if (places.length === 0) throw new Problem('publication.no-places', { kind: wanted.kind, divisionCode: wanted.divisionCode });
    const publications = new PublicationStore(tx);
    const row: Publication = {
      ...wanted,
      ...notPosted,
      id,
      againOf,
      divisionName,
      number: `${divisionName}${await publications.nextNumber(wanted.divisionCode, tx.today)}`,
      title: fill(template.title, { ...pulled.facts, place: divisionName }),
      templateVersion: template.version,
      facts: pulled.facts,
      lines: pulled.lines,
      draftedOn: tx.today,
    };
    await publications.insert(row);
    await publications.insertPlaces(places);
    await publications.replaceEntries(id, pulled.entries);
    await tx.audit.record('publication.drafted', id, { owner: wanted.owner, kind: wanted.kind, key: wanted.key, entries: pulled.entries.length, places: places.length, againOf });
    return id;
  }

  /** Pulls the content of a draft again. */
  async again(tx: Tx, draft: Publication): Promise<number> {
    const template = this.rules.notice(draft.kind, draft.templateVersion);
    const { facts, lines, entries } = await this.pull(draft, template);
    const publications = new PublicationStore(tx);
    await publications.update(draft.id, { facts, lines, title: fill(template.title, { ...facts, place: draft.divisionName }) });
    await publications.replaceEntries(draft.id, entries);
    return entries.length;
  }

  private async pull(wanted: PublicationCase, template: NoticeTemplate): Promise<Pulled> {
    const rows = await this.peers.all(sharedReads.publicationContent, { kind: wanted.kind, key: wanted.key }, wanted.owner);
    const heading = rows.find((row) => row.heading)?.heading;
    if (!heading) throw new Problem('publication.no-content', { owner: wanted.owner, kind: wanted.kind, key: wanted.key });
    return { facts: heading, lines: rows.flatMap((row) => row.text ?? []), entries: await this.entries(rows, template) };
  }

  private async entries(rows: readonly Content[], template: NoticeTemplate): Promise<Entry[]> {
    const subjects = rows.flatMap(({ subjectId, groupCode, result }) => (subjectId && groupCode ? [{ subjectId, groupCode, result: result ?? null }] : []));
    const labels = new Map<string, RowOf<typeof archivesReads.labels>>();
    for (let from = 0; from < subjects.length; from += labelsPerAsk) {
      const subjectIds = subjects.slice(from, from + labelsPerAsk).map(({ subjectId }) => subjectId);
      for await (const label of this.peers.stream(archivesReads.labels, { subjectIds })) labels.set(label.subjectId, label);
    }
    return subjects
      .map(({ subjectId, groupCode, result }) => {
        const label = labels.get(subjectId);
        if (!label) throw new Problem('publication.no-content', { subjectId, reason: 'no-file' });
        const shown = label.mayPublishName ? label.label : label.subjectNo;
        return { subjectId, groupCode, subjectKind: label.subjectKind, label: shown, result: template.results === undefined ? null : result, no: label.subjectNo };
      })
      .toSorted((a, b) => a.groupCode.localeCompare(b.groupCode) || a.no.localeCompare(b.no))
      .map(({ no: _no, ...entry }) => entry);
  }
}

/** The register names the committee (大化坪村委会); a notice names the village. */
function placeNameOf(registered: string): string {
  return registered.replace(/村(民委员|委)会$/, '村').replace(/社区居(民委员|委)会$/, '社区');
}

/** 公示处 — the village's party board, every villager group, or one towards the public, as the notice's rule says. */
function placesOf(publicationId: string, divisionCode: string, template: NoticeTemplate, divisions: readonly Division[]): PlaceRow[] {
  const groups = divisions.filter(({ level }) => level === 'group');
  const here = { publicationId, postedOn: null, posterName: null, photoSha256: null, recordedBy: null };
  return template.places.flatMap((kind): PlaceRow[] => {
    switch (kind) {
      case 'board':
        return [{ ...here, id: newId(), kind, divisionCode, name: boardName }];
      case 'group':
        return groups.map((group) => ({ ...here, id: newId(), kind, divisionCode: group.code, name: group.name }));
      case 'public':
        return [{ ...here, id: newId(), kind, divisionCode, name: publicName }];
    }
  });
}
