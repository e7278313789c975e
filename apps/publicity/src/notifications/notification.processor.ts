import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { NotifyRequested } from './notify-requested';

@Injectable()
export class NotificationProcessor {
  constructor(private readonly notify: NotifyRequested) {}

  @Hears('notification.requested')
  requested(data: EventData<'notification.requested'>, tx: Tx): Promise<void> {
    return this.notify.execute(tx, data);
  }
}
