import { compactVerify, createRemoteJWKSet, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Cast } from './cast';
import { addDays, type Clock } from './clock';
import type { VillageRound } from './review';
import { must, type Story } from './story';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** A bank's own program: its key pair, its token, its look-ups. */
class Bank {
  private token = '';
  private requests = 0;

  constructor(
    readonly name: string,
    private readonly issuer: string,
    private readonly url: string,
    private readonly key: PrivateKey,
    readonly publicJwk: JWK,
    public clientId = '',
  ) {}

  static async open(name: string, issuer: string, url: string): Promise<Bank> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return new Bank(name, issuer, url, privateKey, { ...(await exportJWK(publicKey)), kid: 'bank-1', alg: 'ES256', use: 'sig' });
  }

  async signIn(): Promise<void> {
    const assertion = await new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: 'bank-1' })
      .setIssuer(this.clientId)
      .setSubject(this.clientId)
      .setAudience(this.issuer)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(this.key);
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion, scope: 'credit purpose:loan', resource: 'urn:credit-village' }),
    });
    this.token = ((await answer.json()) as { access_token: string }).access_token;
  }

  async lookUp(body: object): Promise<Answer> {
    const answer = await fetch(`${this.url}/v1/lookups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', 'idempotency-key': `${this.clientId}-${(this.requests += 1)}` },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
}

/** 银行查询：未授权、已授权、撤回授权 — 三(七)1; 个人信息保护法 23 */
export async function banksAsk(cast: Cast, round: VillageRound, householdId: string, urls: { readonly exchange: string }, issuer: string, clock: Clock, story: Story): Promise<() => Promise<Answer>> {
  const banks = [await Bank.open('霍山农村商业银行（合成）', issuer, urls.exchange), await Bank.open('霍山村镇银行（合成）', issuer, urls.exchange)];
  for (const bank of banks) {
    ({ clientId: bank.clientId } = await cast.systemAdmin.do<{ clientId: string }>('registerClient', { name: bank.name, kind: 'bank', jwks: JSON.stringify({ keys: [bank.publicJwk] }) }, 'clientId'));
    await bank.signIn();
  }
  const [bank, other] = banks;
  must(bank !== undefined && other !== undefined, 'two banks');
  const household = round.households.find((one) => one.householdId === householdId)?.demo;
  must(household !== undefined, 'the household is one of the village');
  const question = { subjectNo: household.householdNo, purpose: 'loan' };
  must((await bank.lookUp(question)).body['code'] === 'consent.missing', 'a bank without consent is refused');

  const today = await clock.today();
  const { householdsByIds } = await round.staff.clerk.ask<{ householdsByIds: { members: { id: string; adult: boolean }[] }[] }>('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id members { id adult } } }', { ids: [householdId] });
  const adults = householdsByIds[0]?.members.filter((member) => member.adult) ?? [];
  const consents: string[] = [];
  for (const adult of adults) {
    const { consentId } = await round.staff.clerk.do<{ consentId: string }>('giveConsent', { subjectId: householdId, memberId: adult.id, clientId: bank.clientId, purpose: 'loan', fromOn: today, lastDay: addDays(today, 500), scanSha256: 'b'.repeat(64) }, 'consentId');
    consents.push(consentId);
  }
  const answered = await bank.lookUp(question);
  must(answered.status === 200 && answered.body['status'] === 'valid' && answered.body['creditSubject'] === true, `with every adult’s consent the bank is answered: ${JSON.stringify(answered.body).slice(0, 300)}`);
  must(!JSON.stringify(answered.body).includes('civility'), 'the answer has no civility lines');
  await compactVerify(String(answered.body['signature']), createRemoteJWKSet(new URL(`${urls.exchange}/v1/jwks.json`)));
  must((await other.lookUp(question)).body['code'] === 'consent.missing', 'the other bank is refused');
  story.tell(`${bank.name}：未授权被拒绝；${adults.length} 名成年人各自授权后得到带签名的答复：${String(answered.body['grade'])}，有效至 ${String(answered.body['lastDay'])}`);
  const { queryRecords } = await cast.countyOfficer.ask<{ queryRecords: { rows: { outcome: string }[] } }>('{ queryRecords(first: 50) { rows { outcome } } }');
  story.tell(`每次查询都有记录，农户自己看得到：${queryRecords.rows.length} 条`);

  return async () => {
    await bank.signIn();
    const later = await bank.lookUp(question);
    for (const consentId of consents) await round.staff.clerk.do('revokeConsent', { consentId }, 'consentId').catch(async () => undefined);
    must((await bank.lookUp(question)).body['code'] === 'consent.revoked', 'after revocation the bank is refused');
    return later;
  };
}
