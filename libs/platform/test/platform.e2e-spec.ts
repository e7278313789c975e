import { type EventData, sharedReads } from '@credit/contracts';
import { migrate, newId, systemActor, UnitOfWork, verifyAudit } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { Client } from 'pg';
import { NoteProcessor, sample } from './sample-service';

const town = '341525109000';
const village = '341525109204';
const take = 'mutation ($requestId: String!, $divisionCode: String!, $text: String!) { note(requestId: $requestId, divisionCode: $divisionCode, text: $text) }';

describe('the platform that every service shares', () => {
  let service: TestService;
  let clerk: string;

  beforeAll(async () => {
    service = await startTestService(sample);
    clerk = (await service.account({ posts: [{ role: 'system-admin', divisionCode: town }] })).token;
  });
  afterAll(() => service.close());

  const note = (requestId: string, text = 'hello', divisionCode = village) => service.graph<{ note: string }>(take, { requestId, divisionCode, text }, clerk);
  const posted = (key = 'k'): EventData<'publication.posted'> => ({
    publicationId: newId(),
    kind: 'publication.reconsideration',
    owner: 'appeals',
    key,
    divisionCode: village,
    version: 1,
    postedOn: '2026-01-01',
    lastDay: '2026-01-08',
  });
  const audited = async (action: string, subject: string): Promise<number> =>
    (await service.admin.query('SELECT 1 FROM appeals.audit WHERE action = $1 AND subject = $2', [action, subject])).rowCount ?? 0;

  describe('access', () => {
    it('closes a door that has no rule, to everybody', async () => {
      expect(await service.refused('{ forgotten }', {}, clerk)).toMatchObject({ code: 'access.denied', status: 403 });
    });

    it('asks for a sign-in, and refuses a foreign or expired token, each with its own code', async () => {
      expect(await service.refused('{ hello }')).toMatchObject({ code: 'auth.missing', status: 401 });
      const expired = await service.issuer.token({ sub: newId(), kind: 'account' }, { expiresIn: '-1m' });
      expect(await service.refused('{ hello }', {}, expired)).toMatchObject({ code: 'auth.expired' });
      const foreign = await service.issuer.token({ sub: newId(), kind: 'account' }, { audience: 'urn:other' });
      expect(await service.refused('{ hello }', {}, foreign)).toMatchObject({ code: 'auth.invalid' });
      expect(await service.refused('{ hello }', {}, 'nonsense')).toMatchObject({ code: 'auth.invalid' });
    });

    it('goes by the post held on the day: not before it begins, not after it ended', async () => {
      const past = await service.account({ posts: [{ role: 'system-admin', divisionCode: town, fromOn: '2020-01-01', toOn: '2020-12-31' }] });
      const future = await service.account({ posts: [{ role: 'system-admin', divisionCode: town, fromOn: '2999-01-01' }] });
      for (const who of [past, future]) expect(await service.refused('{ hello }', {}, who.token)).toMatchObject({ code: 'access.denied' });
      expect(await service.data('{ hello }', {}, clerk)).toEqual({ hello: '341525109' });
    });

    it('refuses a case outside the division of the post', async () => {
      expect(await service.refused(take, { requestId: newId(), divisionCode: '341525110200', text: 'hello' }, clerk)).toMatchObject({ code: 'access.outside-division', status: 403 });
    });

    it('lets only the services a read names ask it', async () => {
      const answer = await fetch(`${service.url}/internal/deadlines`, { method: 'POST', headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/json' }, body: '{}' });
      expect(answer.status).toBe(401);
    });
  });

  describe('writes', () => {
    it('answers a repeated request with its first answer and runs it once', async () => {
      const requestId = newId();
      const first = await note(requestId);
      const again = await note(requestId);
      expect(again.data).toEqual(first.data);
      expect(await audited('note.taken', first.data?.note ?? '')).toBe(1);
    });

    it('runs fifty requests with one key at once only once', async () => {
      const requestId = newId();
      const answers = await Promise.all(Array.from({ length: 50 }, () => note(requestId)));
      const ids = new Set(answers.flatMap((answer) => answer.data?.note ?? []));
      const refusals = new Set(answers.flatMap((answer) => answer.errors?.[0]?.extensions.code ?? []));
      expect(ids.size).toBe(1);
      expect([...refusals].filter((code) => code !== 'request.in-progress')).toEqual([]);
    });

    it('refuses the same key with another body, and a key that is none', async () => {
      const requestId = newId();
      await note(requestId);
      expect((await note(requestId, 'other')).errors?.[0]?.extensions).toMatchObject({ code: 'request.key-reused', status: 422 });
      expect((await note('x')).errors?.[0]?.extensions).toMatchObject({ code: 'request.key-missing' });
    });

    it('stores nothing of a write that fails: no message, no audit line, no key', async () => {
      const requestId = newId();
      const before = (await service.told('deadline.set')).length;
      expect((await note(requestId, 'fail')).errors?.[0]?.extensions.code).toBe('conflict.changed');
      expect((await service.told('deadline.set')).length).toBe(before);
      expect((await note(requestId, 'fail')).errors?.[0]?.extensions.code).toBe('conflict.changed');
    });

    it('that wait for each other are both done, each with the moment at which it came', async () => {
      const work = service.app.get(UnitOfWork, { strict: false });
      const moments: Date[][] = [[], []];
      let arrived = 0;
      const crossing = (index: number): Promise<void> =>
        work.run(systemActor(), async (tx) => {
          moments[index]?.push(tx.now);
          await tx.manager.query('SELECT pg_advisory_xact_lock(778, $1)', [index]);
          arrived += 1;
          await service.until(() => Promise.resolve(arrived >= 2), 'both to hold what the other wants');
          await tx.manager.query('SELECT pg_advisory_xact_lock(778, $1)', [1 - index]);
          await tx.audit.record('crossing.done', String(index));
        });
      await Promise.all([crossing(0), crossing(1)]);
      expect(moments.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([1, 2]);
      for (const [first, again] of moments) expect(again ?? first).toEqual(first);
      expect((await service.admin.query(`SELECT 1 FROM appeals.audit WHERE action = 'crossing.done'`)).rowCount).toBe(2);
    });

    it('fails closed when a neighbour does not answer', async () => {
      expect((await note(newId(), 'ask')).errors?.[0]?.extensions).toMatchObject({ code: 'peer.unavailable', status: 503 });
    });
  });

  describe('answers to bad input', () => {
    it('never shows SQL, a stack or a database message', async () => {
      const answer = await note(newId(), 'sql');
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'internal.error', status: 500 });
      expect(JSON.stringify(answer)).not.toMatch(/no_such_table|SELECT|at .*\.ts/);
    });

    it('answers a wrong type, an unknown field and unreadable JSON with a code and a Chinese sentence', async () => {
      expect(await service.refused('mutation { note(requestId: 5) }', {}, clerk)).toMatchObject({ code: 'input.invalid', status: 400, title: expect.stringMatching(/[一-龥]/) as string });
      const unreadable = await fetch(`${service.url}/notes`, { method: 'POST', headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/json' }, body: '{"a"' });
      expect(unreadable.status).toBe(400);
      expect(await unreadable.json()).toMatchObject({ code: 'input.unreadable', title: expect.stringMatching(/[一-龥]/) as string });
    });

    it('refuses an oversized body and an unknown path', async () => {
      const large = await fetch(`${service.url}/notes`, { method: 'POST', headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/json' }, body: JSON.stringify('x'.repeat(1_100_000)) });
      expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'input.too-large']);
      const unknown = await fetch(`${service.url}/nowhere`);
      expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([404, 'not-found']);
    });
  });

  describe('messages', () => {
    it('takes effect once, however often and in parallel a message comes', async () => {
      const data = posted();
      const id = newId();
      await Promise.all(Array.from({ length: 10 }, () => service.hear('publication.posted', data, id)));
      expect(await audited('heard.posted', data.publicationId)).toBe(1);
    });

    it('parks what keeps failing, flows on, keeps no personal text, and replays it', async () => {
      const data = posted('poison');
      const id = newId();
      await service.hear('publication.posted', data, id);
      const after = posted();
      await service.hear('publication.posted', after);
      expect(await audited('heard.posted', after.publicationId)).toBe(1);
      const { rows } = await service.admin.query<{ reason: string; message: unknown }>('SELECT reason, message FROM appeals.parked_message WHERE message_id = $1', [id]);
      expect(rows[0]?.reason).toBe('Error');
      expect(JSON.stringify(rows)).not.toContain('张三');

      service.app.get(NoteProcessor, { strict: false }).failing = false;
      const replay = await fetch(`${service.url}/ops/parked/${id}/replay`, { method: 'POST', headers: { authorization: `Bearer ${clerk}` } });
      expect(replay.status).toBe(201);
      expect(await audited('heard.posted', data.publicationId)).toBe(1);
    });

    it('fetches from the senders what an emptied queue lost', async () => {
      const data = posted();
      const message = { id: newId(), name: 'publication.posted', version: 1, at: new Date().toISOString(), actorId: null, causeId: null, data };
      service.peer.answer(sharedReads.outbox, (ask) => (ask.after === '0-0' ? [{ cursor: '7-7', message }] : []));
      await service.restart();
      await service.until(async () => (await audited('heard.posted', data.publicationId)) === 1, 'the repair');
      expect(service.peer.asked(sharedReads.outbox).length).toBeGreaterThan(0);
    });
  });

  describe('the outbox as others fetch it', () => {
    const append = async (client: Client): Promise<string> => {
      const id = newId();
      const message = { id, name: 'deadline.cleared', version: 1, at: new Date().toISOString(), actorId: null, causeId: null, data: { owner: 'appeals', kind: 'answer', key: newId() } };
      await client.query("INSERT INTO appeals.outbox (id, name, hearers, message) VALUES ($1, 'deadline.cleared', '{publicity}', $2)", [id, JSON.stringify(message)]);
      return id;
    };
    const fetched = async (after: string): Promise<{ ids: string[]; cursor: string }> => {
      const rows = await service.ask(sharedReads.outbox, { after, limit: 1000 }, 'publicity');
      return { ids: rows.map(({ message }) => (message as { id: string }).id), cursor: rows.at(-1)?.cursor ?? after };
    };

    it('is missed in no part, in whatever order its senders commit', async () => {
      const [first, second] = [new Client({ connectionString: service.database.adminUrl }), new Client({ connectionString: service.database.adminUrl })];
      await Promise.all([first.connect(), second.connect()]);
      try {
        const { cursor } = await fetched('0-0');
        await first.query('BEGIN; SELECT pg_current_xact_id()');
        await second.query('BEGIN');
        const sent = [await append(second), await append(first)];
        await first.query('COMMIT');
        const before = await fetched(cursor);
        await second.query('COMMIT');
        const received = [...before.ids];
        let from = before.cursor;
        // Whoever else writes in this cluster holds back what is certain; it comes as soon as they have ended.
        await service.until(async () => {
          const after = await fetched(from);
          received.push(...after.ids);
          from = after.cursor;
          return received.length >= sent.length;
        }, 'both messages');
        expect(received.toSorted()).toEqual(sent.toSorted());
      } finally {
        await Promise.all([first.end(), second.end()]);
      }
    });

    it('is whole again after a restore into a cluster whose transactions are younger, once it is migrated', async () => {
      const [row] = (await service.admin.query<{ id: string }>("UPDATE appeals.outbox SET xid = '9000000000000' WHERE seq = (SELECT max(seq) FROM appeals.outbox WHERE 'publicity' = ANY(hearers)) RETURNING id")).rows;
      await service.admin.query("UPDATE appeals.audit SET xid = '9000000000000' WHERE seq = (SELECT max(seq) FROM appeals.audit)");
      await service.admin.query("INSERT INTO publicity.repair_cursor (sender, cursor) VALUES ('appeals', '9000000000000-5')");
      expect((await fetched('0-0')).ids).not.toContain(row?.id);
      await migrate(service.database.adminUrl, service.database.roleSecret);
      await service.until(async () => (await fetched('0-0')).ids.includes(String(row?.id)), 'the message of before the restore');
      expect((await service.admin.query('SELECT 1 FROM publicity.repair_cursor')).rowCount).toBe(0);
      expect((await service.admin.query('SELECT 1 FROM appeals.audit WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())')).rowCount).toBe(0);
    });
  });

  describe('the audit trail', () => {
    const verify = () => verifyAudit(service.admin, 'appeals', service.auditDir);
    const sealed = () =>
      service.until(async () => {
        const { rows } = await service.admin.query<{ open: number }>('SELECT (SELECT count(*) FROM appeals.audit)::int - (SELECT count(*) FROM appeals.audit_seal)::int AS open');
        return rows[0]?.open === 0;
      }, 'every line to be sealed');

    it('verifies, and finds an edit, a deletion and a cut tail made by a database superuser', async () => {
      await note(newId());
      await sealed();
      expect((await verify()).findings).toEqual([]);

      const { rows } = await service.admin.query<{ seq: string; action: string }>('SELECT seq, action FROM appeals.audit ORDER BY seq LIMIT 1');
      await service.admin.query("UPDATE appeals.audit SET action = 'nothing' WHERE seq = $1", [rows[0]?.seq]);
      expect((await verify()).findings.map((finding) => finding.fault)).toContain('edited');
      await service.admin.query('UPDATE appeals.audit SET action = $2 WHERE seq = $1', [rows[0]?.seq, rows[0]?.action]);
      expect((await verify()).findings).toEqual([]);

      await service.admin.query('WITH cut AS (DELETE FROM appeals.audit_seal WHERE n = (SELECT max(n) FROM appeals.audit_seal) RETURNING audit_seq) DELETE FROM appeals.audit WHERE seq IN (SELECT audit_seq FROM cut)');
      expect((await verify()).findings.map((finding) => finding.fault)).toContain('tail-cut');
      await service.admin.query('DELETE FROM appeals.audit WHERE seq = $1', [rows[0]?.seq]);
      expect((await verify()).findings.map((finding) => finding.fault)).toContain('deleted');
    });

    it('cannot be changed by the service itself', async () => {
      const { rows } = await service.admin.query<{ allowed: boolean }>("SELECT has_table_privilege('credit_appeals', 'appeals.audit', 'UPDATE') OR has_table_privilege('credit_appeals', 'appeals.audit', 'DELETE') AS allowed");
      expect(rows[0]?.allowed).toBe(false);
    });
  });

  it('keeps services out of each other\'s schemas', async () => {
    const { rows } = await service.admin.query<{ allowed: boolean }>("SELECT has_schema_privilege('credit_appeals', 'civility', 'USAGE') AS allowed");
    expect(rows[0]?.allowed).toBe(false);
  });

  it('answers probes and figures', async () => {
    expect(await (await fetch(`${service.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('messages_parked');
  });
});
