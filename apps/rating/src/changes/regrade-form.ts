import { z } from 'zod';

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '材料摘要须为 64 位十六进制');
export const optionalSha256 = sha256.nullish().transform((text) => text ?? null);
export const reasonsText = z.string().trim().min(10, '请写明事实、依据和理由，不少于10个字').max(4000);
export const statementText = z.string().trim().min(4, '请写明意见').max(4000);
