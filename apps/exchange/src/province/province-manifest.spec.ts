import { manifestOf } from './province-manifest';
import { type Holding } from './province-adapter';
import { lineOf } from './province-row';
import { differencesOf } from './reconcile';
import type { Held } from './reconciliation.store';

const head = { schema: 1, county: '341525000000', village: '341525109204', period: '2031-03-01' };

describe('the manifest of a batch', () => {
  it('is the same for the same rows of the same period, and another for any other', () => {
    const made = manifestOf(head, [['a\n', 'b\n'], ['c\n']]);
    expect(manifestOf(head, [['a\n', 'b\n'], ['c\n']])).toEqual(made);
    expect(manifestOf({ ...head, period: '2031-03-02' }, [['a\n', 'b\n'], ['c\n']]).batchId).not.toBe(made.batchId);
    expect(manifestOf(head, [['a\n', 'b\n'], ['d\n']]).batchId).not.toBe(made.batchId);
    expect(made.batchId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([made.rows, made.chunks.map(({ number, chunkId, rows }) => [number, chunkId, rows])]).toEqual([3, [[1, `${made.batchId}-1`, 2], [2, `${made.batchId}-2`, 1]]]);
  });

  it('digests the text with SHA-256 and SM3 (GB/T 32905, example 1)', () => {
    const { sha256, sm3, chunks } = manifestOf(head, [['abc']]);
    expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sm3).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(chunks[0]).toMatchObject({ sha256, sm3 });
  });

  it('has rows with keys in order and one line each', () => {
    expect(lineOf({ op: 'delete', schema: 1, recordId: 'r', sequence: 2, version: 1, villageCode: 'v', reason: 'erased' })).toBe('{"op":"delete","reason":"erased","recordId":"r","schema":1,"sequence":2,"version":1,"villageCode":"v"}\n');
  });
});

describe('what differs between the two sides', () => {
  const here = (fileId: string, village: string | null, given: Partial<Held> = {}): Held => ({ fileId, sha256: 'd', village, inTransit: false, ...given });
  const there = (recordId: string, sha256 = 'd'): Holding => ({ recordId, sha256 });

  it('is missing there, other there, left there or unknown here; what is on its way is no difference', () => {
    const held = [here('same', 'v'), here('missing', 'v'), here('other', 'v'), here('deleted', null), here('moved', 'w'), here('coming', 'v', { inTransit: true })];
    const holdings = [there('same'), there('other', 'e'), there('deleted'), there('moved'), there('stranger'), there('coming', 'e')];
    expect(Object.fromEntries(differencesOf('v', held, holdings).map(({ fileId, kind }) => [fileId, kind]))).toEqual({ missing: 'missing-there', other: 'other-there', deleted: 'left-there', moved: 'left-there', stranger: 'unknown-here' });
  });
});
