import type { Row } from '../row';

const rounds = { short: 2, usual: 20, long: 100 } as const;
const atOnce = 50;

/** 3 — one request id three times in turn, fifty times at once, and with another body. */
export const repeatedKeys: Row = {
  no: 3,
  what: 'one request id again and again',
  async run(town, length) {
    const load = town.load('keys').start(2);
    const faults: string[] = [];
    for (let round = 0; round < rounds[length]; round += 1) {
      const [inTurn, together] = [town.appointment(`keys-turn${round}`), town.appointment(`keys-once${round}`)];
      const ids = [await town.give(inTurn), await town.give(inTurn), await town.give(inTurn)];
      if (new Set(ids).size !== 1 || ids[0] === undefined) faults.push(`in turn: ${ids.join()}`);
      const answers = (await Promise.all(Array.from({ length: atOnce }, () => town.give(together)))).filter((id) => id !== undefined);
      const settled = await town.give(together);
      if (new Set([...answers, settled]).size !== 1 || settled === undefined) faults.push(`at once: ${[...new Set(answers)].join()}, then ${settled}`);
      const code = await town.refusal({ ...inTurn, organisation: `keys-other${round}` });
      if (code !== 'request.key-reused') faults.push(`another body: ${code}`);
    }
    await load.stop();
    const seconds = await town.caughtUp(load.mark);
    return {
      injected: `${rounds[length]} × (3 in turn, ${atOnce} at once, 1 with another body)`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: seconds,
      verdicts: [...(await town.verdicts(load)), { name: 'one id, one effect, one answer', ok: faults.length === 0, detail: faults.slice(0, 3).join('; ') }],
    };
  },
};
