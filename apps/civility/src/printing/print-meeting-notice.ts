import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { meetingNoticePdf } from '@credit/print';
import { Inject, Injectable } from '@nestjs/common';
import { MeetingStore } from '../meetings/meeting.store';
import { RoundStore } from '../rounds/round.store';

const bodies = {
  review: { zh: '评议小组', chair: 'responsible-cadre', what: '开展乡风文明评议' },
  deliberation: { zh: '审议小组', chair: 'party-secretary', what: '审议乡风文明评议结果' },
} as const;

/** 打印会议通知 — on paper, because many members have no telephone that shows more. 三(三)3 */
@Injectable()
export class PrintMeetingNotice {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async execute(actor: Actor, meetingId: string): Promise<Buffer> {
    const notice = await this.work.read(actor, async (tx) => {
      const meeting = await new MeetingStore(tx).get(meetingId);
      const round = await new RoundStore(tx).get(meeting.roundId);
      actor.require('meeting.read', round.villageCode);
      if (meeting.cancelledOn !== null) throw new Problem('meeting.cancelled', { meetingId });
      const names = new Map((await this.peers.all(archivesReads.divisions, { under: round.villageCode })).map(({ code, name }) => [code, name]));
      const village = names.get(round.villageCode) ?? round.villageCode;
      const { zh, chair, what } = bodies[meeting.kind];
      return {
        title: '会议通知',
        number: null,
        madeOn: meeting.calledOn,
        addressees: `${meeting.groupCode === null ? village : (names.get(meeting.groupCode) ?? meeting.groupCode)}${zh}全体成员`,
        paragraphs: [`定于以下时间、地点召开会议，${what}（${round.year}年度），请准时到会。与评议农户有亲属关系或者纠纷、债务关系的成员，请在会前和会上申报回避；不能到会的，请尽早告知，以便请替补成员到会。`],
        meetingOn: meeting.meetingOn,
        time: meeting.startsAt,
        place: meeting.place,
        chair: this.rules.capacities[chair] ?? chair,
        agenda: [meeting.agenda],
        contact: null,
        signature: { by: `${village}党组织`, on: meeting.calledOn },
      };
    });
    return (await meetingNoticePdf(notice)).pdf;
  }
}
