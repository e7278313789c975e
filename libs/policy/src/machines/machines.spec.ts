import fc from 'fast-check';
import { appealMachine, type Machine, machines, PolicyError, publicationMachine, roundMachine, unreachableStates } from '@credit/policy';

const every = machines as readonly Machine<string, string>[];

it.each(every.map((machine) => [machine.name, machine] as const))('%s reaches every state and leads nowhere undefined', (_name, machine) => {
  expect(unreachableStates(machine)).toEqual([]);
  for (const moves of Object.values(machine.table)) for (const to of Object.values(moves)) expect(Object.keys(machine.table)).toContain(to);
});

it('no sequence of commands leaves the table', () => {
  for (const machine of every) {
    const commands = [...new Set(Object.values(machine.table).flatMap((moves) => Object.keys(moves)))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 30 }), (sequence) => {
        let state = machine.initial;
        for (const command of sequence) {
          if (machine.can(state, command)) state = machine.next(state, command);
          else expect(() => machine.next(state, command)).toThrow(PolicyError);
          expect(machine.table[state]).toBeDefined();
        }
      }),
    );
  }
});

it.each([
  [publicationMachine, 'closed', 'post'],
  [publicationMachine, 'draft', 'elapse'],
  [appealMachine, 'refused', 'answer'],
  [appealMachine, 'panel-convened', 'refuse'],
  [appealMachine, 'closed', 'withdraw'],
  [roundMachine, 'preparing', 'file'],
  [roundMachine, 'final', 'return'],
] as const)('refuses an illegal move with its code and facts', (machine, state, command) => {
  expect(() => (machine as unknown as Machine<string, string>).next(state, command)).toThrow(`${machine.name}.illegal-move`);
});

it('takes no name that every object has for a state or a command', () => {
  const machine = publicationMachine as unknown as Machine<string, string>;
  expect(machine.can('draft', 'toString')).toBe(false);
  expect(() => machine.next('constructor', 'name')).toThrow('publication.illegal-move');
});

it('tells a frontend which buttons to show', () => {
  expect(publicationMachine.moves('suspended').toSorted()).toEqual(['repost', 'withdraw']);
  expect(publicationMachine.moves('closed')).toEqual([]);
});
