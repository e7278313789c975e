import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '../access/access.guard';
import { type Figures, StoreFigures } from '../telemetry/store-figures';

/** 运行情况 — what the operators' page shows of this service; counts and ages only. */
@Controller('ops/figures')
export class FiguresController {
  constructor(@Inject(StoreFigures) private readonly figures: StoreFigures) {}

  @Get()
  @Allow('platform.watch')
  read(): Promise<Figures> {
    return this.figures.read();
  }
}
