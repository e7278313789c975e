import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type ClockMoved, MoveClock } from './move-clock';

/** 演示时钟之门 — refused outside a sandbox. */
@Controller('sandbox/clock')
export class ClockController {
  constructor(private readonly clock: MoveClock) {}

  @Get()
  @Allow('publicity.move-clock')
  now(@CurrentActor() actor: Actor): Promise<{ now: string; today: string }> {
    return this.clock.now(actor);
  }

  @Post()
  @HttpCode(200)
  @Allow('publicity.move-clock')
  move(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<ClockMoved> {
    return this.clock.execute(actor, body);
  }
}
