import { Background } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings';
import { SendWebhook } from './send-webhook';

const everySeconds = 1;

/** Runs the webhook only where an operator has named one. */
@Injectable()
export class WebhookLoop implements OnApplicationBootstrap {
  constructor(
    private readonly background: Background,
    private readonly sendWebhook: SendWebhook,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.notificationWebhook) this.background.every('webhook', everySeconds, () => this.sendWebhook.execute());
  }
}
