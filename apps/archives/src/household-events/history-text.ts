import type { HouseholdChange, VillageChange } from './household-change';
import type { EventState, HouseholdEvent, Party } from './household-event.store';
import { householdRules } from './household-rules';

const stateNotes: Readonly<Record<EventState, string>> = { waiting: '（待镇确认，尚未生效）', refused: '（镇不予确认，未生效）', done: '' };
const elsewhere = '他处另一户';

/** What happened, as seen from one of its households; another household is named only to whoever may see it. */
export function sentenceOf(event: HouseholdEvent, householdId: string, others: readonly (Party & { readonly visible: boolean })[]): string {
  const { zh, follows } = householdRules(event.recordedOn).kinds[event.kind];
  const other = others.find((party) => party.householdId !== householdId);
  const otherName = other ? (other.visible ? ` ${other.householdNo} ` : elsewhere) : '';
  const away = !others.some((party) => party.householdId === householdId && party.side === 'to');
  const happened = whatHappened(event, otherName, away);
  return `${event.effectiveOn} ${zh}${stateNotes[event.state]}：${happened}。${event.state === 'done' ? `${follows}。` : ''}`;
}

function whatHappened({ kind, change, villageCode, toVillageCode }: HouseholdEvent, other: string, away: boolean): string {
  switch (kind) {
    case 'birth':
      return '登记一名新成员入户';
    case 'death':
      return '一名成员死亡，注销其成员登记';
    case 'duplicate':
      return '核销一名重复登记的成员';
    case 'marriage':
      return away ? `一名成员迁入${other}` : `${other}的一名成员迁入本户`.trim();
    case 'split':
      return away ? `${peopleOf(change)} 人分出，另立${other}`.trim() : `由${other}分出 ${peopleOf(change)} 人，另立本户`;
    case 'merge':
      return away ? `全户 ${peopleOf(change)} 人并入${other}，本户销户`.replace(' ，', '，') : `${other}全户 ${peopleOf(change)} 人并入本户`.trim();
    case 'move':
      return toVillageCode === null ? '本户迁至本村另一村民小组，另编户编号，原编号仍可查询' : `本户由 ${villageCode} 村迁至 ${toVillageCode} 村，另编户编号，原编号仍可查询`;
    case 'village-merger':
      return `${villageCode} 村并入 ${toVillageCode ?? ''} 村，本户另编户编号，原编号仍可查询`;
  }
}

function peopleOf(change: HouseholdChange | VillageChange): number {
  return 'joins' in change ? change.joins.length : 0;
}
