import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

const ruleShape = z
  .array(
    z.strictObject({
      from: z.string(),
      slipDays: z.int().positive(),
      failuresToLock: z.int().positive(),
      lockMinutes: z.int().positive(),
      addressAttempts: z.int().positive(),
      tokenMinutes: z.int().positive(),
      passwordLength: z.int().min(8),
      source: z.string(),
    }),
  )
  .min(1);

/** 登录规则 of `rules/identity.yaml`. */
export type SignInRules = z.output<typeof ruleShape>[number];

/** The version in force on a day. */
export function signInRules(today: string): SignInRules {
  const versions = ruleShape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/identity.yaml'), 'utf8')));
  const version = versions.findLast(({ from }) => from <= today) ?? versions[0];
  if (!version) throw new Error('rules/identity.yaml is empty');
  return version;
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
