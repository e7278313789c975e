import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '../access/access.guard';
import type { Config } from '../config/config';
import { MessageQueue } from '../messages/message-queue';
import { type Figures, StoreFigures } from '../telemetry/store-figures';
import { CONFIG } from './injection-keys';

/** 运行情况 — what the operators' page shows of this service; counts and ages only. */
@Controller('ops/figures')
export class FiguresController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(StoreFigures) private readonly figures: StoreFigures,
    @Inject(MessageQueue) private readonly queue: MessageQueue,
  ) {}

  @Get()
  @Allow('platform.watch')
  async read(): Promise<Figures & { readonly queueWaiting: number | null }> {
    const [figures, queueWaiting] = await Promise.all([this.figures.read(), this.queue.waiting(this.config.SERVICE).catch(() => null)]);
    return { ...figures, queueWaiting };
  }
}
