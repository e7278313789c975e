import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, Printed } from '@credit/platform';
import { listPdf, listWorkbook, noticePdf, signOffSheetPdf, slipsPdf, SlipTooLong } from '@credit/print';
import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { GatherNotice, type NoticeFacts } from './gather-notice';
import { listDocument } from './list';
import { PrintSignOff } from './print-sign-off';
import { PrintSlips, type SlipRequest } from './print-slips';
import { listInput, noticeInput } from './printed-notice';
import { signOffInput, slipsInput } from './printed-telling';
import { division, optionalDay, optionalId } from './queries';

/** What `/notices/…` asks for. */
interface NoticeQuery {
  readonly place?: string;
  readonly postOn?: string;
}

/** What `/slips/…` asks for. */
interface TellingQuery {
  readonly division?: string;
  readonly publication?: string;
  readonly template?: string;
}

/** 文书 — ready for the printer: A4, the place for the seal, characters that have to be written in by hand named at the foot. 三(三)3 */
@Controller()
export class PapersController {
  constructor(
    private readonly gather: GatherNotice,
    private readonly printSlips: PrintSlips,
    private readonly printSignOff: PrintSignOff,
  ) {}

  @Get('notices/:publicationId/notice.pdf')
  @Allow('notice.print')
  @Printed('pdf')
  async notice(@CurrentActor() actor: Actor, @Param('publicationId', ParseUUIDPipe) id: string, @Query() query: NoticeQuery): Promise<Buffer> {
    return (await noticePdf(noticeInput(await this.facts(actor, id, query)))).pdf;
  }

  @Get('notices/:publicationId/list.pdf')
  @Allow('notice.print')
  @Printed('pdf')
  async list(@CurrentActor() actor: Actor, @Param('publicationId', ParseUUIDPipe) id: string, @Query() query: NoticeQuery): Promise<Buffer> {
    return (await listPdf(listInput(await this.facts(actor, id, query)))).pdf;
  }

  @Get('notices/:publicationId/list.xlsx')
  @Allow('notice.print')
  @Printed('xlsx')
  async workbook(@CurrentActor() actor: Actor, @Param('publicationId', ParseUUIDPipe) id: string, @Query() query: NoticeQuery): Promise<Buffer> {
    const { columns, rows, title } = listDocument(await this.facts(actor, id, query));
    return listWorkbook(columns.map((head) => ({ head })), rows, title);
  }

  @Get('slips/slips.pdf')
  @Allow('slip.print')
  @Printed('pdf')
  async slips(@CurrentActor() actor: Actor, @Query() query: TellingQuery): Promise<Buffer> {
    const slips = slipsInput(await this.printSlips.execute(actor, telling(query)));
    try {
      return (await slipsPdf(slips)).pdf;
    } catch (error) {
      if (error instanceof SlipTooLong) throw new Problem('slip.too-long', { subjectNo: error.subjectNo });
      throw error;
    }
  }

  @Get('slips/sign-off.pdf')
  @Allow('notice.print')
  @Printed('pdf')
  async signOff(@CurrentActor() actor: Actor, @Query() query: TellingQuery): Promise<Buffer> {
    const { sheets, madeOn } = await this.printSignOff.execute(actor, telling(query));
    return (await signOffSheetPdf(signOffInput(sheets, madeOn))).pdf;
  }

  private facts(actor: Actor, publicationId: string, { place, postOn }: NoticeQuery): Promise<NoticeFacts> {
    return this.gather.execute(actor, { publicationId, placeId: optionalId('place', place), postOn: optionalDay('postOn', postOn) });
  }
}

function telling({ division: code, publication, template }: TellingQuery): SlipRequest {
  return { divisionCode: division('division', code), publicationId: optionalId('publication', publication), template };
}
