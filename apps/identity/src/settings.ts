import { type Config, DatedRules } from '@credit/platform';
import { z } from 'zod';

const ruleShape = z.strictObject({
  from: z.string(),
  slipDays: z.int().positive(),
  failuresToLock: z.int().positive(),
  lockMinutes: z.int().positive(),
  addressAttempts: z.int().positive(),
  tokenMinutes: z.int().positive(),
  passwordLength: z.int().min(8),
  source: z.string(),
});

/** 登录规则 of `rules/identity.yaml`. */
export type SignInRules = z.output<typeof ruleShape>;

const rules = new DatedRules('rules/identity.yaml', ruleShape);

/** The version in force on a day; before the first one, the first. */
export function signInRules(day: string): SignInRules {
  return rules.on(day);
}

const settingsShape = z.object({
  countyCode: z.string().default('341525000000'),
  /** Where the first passwords of the three administrators are written, once. */
  bootstrapFile: z.string().optional(),
  redirectUris: z.array(z.url()).default(['http://127.0.0.1:8080/sign-in/callback']),
  /** 单位统一认证 — another OpenID provider where staff sign in; without it they sign in by password only. */
  upstream: z.strictObject({ name: z.string().min(1).max(30), issuer: z.url(), clientId: z.string(), clientSecret: z.string().min(16) }).optional(),
});

export type IdentitySettings = z.output<typeof settingsShape>;

export function identitySettings(config: Config): IdentitySettings {
  return settingsShape.parse(config.SETTINGS);
}
