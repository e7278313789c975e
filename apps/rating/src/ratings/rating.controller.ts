import { type Actor, Allow, CurrentActor, Printed, UnitOfWork } from '@credit/platform';
import { Controller, Get, Header, Param, ParseUUIDPipe } from '@nestjs/common';
import { ExplainedResults } from './explained-result';
import { type ExplanationDocument, explanationDocument } from './explanation-document';
import { PrintExplanation } from './print-explanation';

/** 评级说明之门 — `:id` is a rating's, or that of the newest result. */
@Controller('ratings')
export class RatingController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly explained: ExplainedResults,
    private readonly print: PrintExplanation,
  ) {}

  @Get(':id/explanation')
  @Allow('rating.view')
  @Header('cache-control', 'no-store')
  async explanation(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ExplanationDocument> {
    return explanationDocument(await this.work.read(actor, (tx) => this.explained.find(tx, actor, id)));
  }

  @Get(':id/explanation.pdf')
  @Allow('rating.view')
  @Printed('pdf')
  pdf(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<Buffer> {
    return this.print.execute(actor, id);
  }
}
