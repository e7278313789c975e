import { unreachableStates } from '@credit/policy';
import { improvementMachine } from './improvement-machine';

describe('the machine of an improvement plan', () => {
  it('reaches every state, and what was met or ended is done with', () => {
    expect(unreachableStates(improvementMachine)).toEqual([]);
    expect([improvementMachine.moves('met'), improvementMachine.moves('ended')]).toEqual([[], []]);
  });

  it('is not checked twice without a new agreement', () => {
    for (const state of ['partly-met', 'not-met'] as const) expect(improvementMachine.moves(state)).toEqual(['change', 'end']);
  });
});
