import { z } from 'zod';

/** 本服务的设置 — from `SETTINGS`. The webhook is off unless the operator names an address and a secret. */
export const settingsShape = z.object({
  /** Where villagers reach this service; without it notices carry no QR code. */
  publicUrl: z.url().optional(),
  notificationWebhook: z
    .object({
      url: z.url(),
      secret: z.string().min(16),
      timeoutSeconds: z.number().positive().default(10),
      /** The wait after the first failed try; it doubles with every further one. */
      retrySeconds: z.number().positive().default(30),
      tries: z.int().positive().default(8),
    })
    .optional(),
  /** 演示时钟 waits at most so long at each midnight. */
  settleSeconds: z.number().positive().default(120),
});

export type Settings = z.output<typeof settingsShape>;
export type WebhookSettings = NonNullable<Settings['notificationWebhook']>;

export const SETTINGS = Symbol('publicity settings');
