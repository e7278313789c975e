import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clocks of the operator and of this service may lie apart, in seconds; older signatures are repeats of somebody who listened. */
const toleranceSeconds = 300;

function digest(secret: string, timestamp: number, body: string): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest();
}

/** 签名 — both ways alike: `v1` is the HMAC-SHA-256 of `<t>.<body>` under the secret shared with the operator, `t` in Unix seconds. */
export function signature(secret: string, timestamp: number, body: string): string {
  return `t=${timestamp},v1=${digest(secret, timestamp, body).toString('hex')}`;
}

/** Whether this body was signed with the secret within the tolerance; takes as long for a wrong signature as for a right one. */
export function isSigned(secret: string, header: string | undefined, body: string, nowSeconds: number): boolean {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (!parts) return false;
  const timestamp = Number(parts[1]);
  return Math.abs(nowSeconds - timestamp) <= toleranceSeconds && timingSafeEqual(digest(secret, timestamp, body), Buffer.from(parts[2] ?? '', 'hex'));
}
