import fc from 'fast-check';
import { appealMachine, type Machine, machine as machineOf, machines, PolicyError, publicationMachine, ratingMachine, roundMachine, unreachableStates, villageApplicationMachine } from '@credit/policy';
import { refused } from '../../test/refused';

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

/** Every move there is, as the clauses have it; what is not written is refused. */
const moves: readonly [unknown, string][] = [
  [publicationMachine, 'draft post posted, draft withdraw withdrawn, posted extend posted, posted suspend suspended, posted withdraw withdrawn, posted elapse closed, suspended repost posted, suspended withdraw withdrawn'],
  [
    appealMachine,
    'received admit admitted, received refuse refused, received withdraw withdrawn, refused admit-late admitted, admitted refuse refused, admitted convene panel-convened, admitted answer answered, admitted withdraw withdrawn, ' +
      'panel-convened convene panel-convened, panel-convened answer answered, panel-convened withdraw withdrawn, answered publish-outcome outcome-published, outcome-published close closed',
  ],
  [
    roundMachine,
    'preparing open open, open deliberate deliberating, deliberating hand-in handed-in, handed-in return returned, handed-in file filed, returned hand-in handed-in, filed publish published, ' +
      'published publish published, published restart-publication filed, published finalise final',
  ],
  [
    ratingMachine,
    'proposed list listed, proposed certify certified, proposed dispute disputed, proposed supersede superseded, listed dispute disputed, listed certify certified, listed supersede superseded, disputed settle listed, ' +
      'disputed supersede superseded, certified lapse lapsed, certified revoke revoked, certified supersede superseded, lapsed supersede superseded, revoked supersede superseded',
  ],
  [
    villageApplicationMachine,
    'applied town-review town-reviewed, applied refuse refused, town-reviewed county-review county-reviewed, town-reviewed refuse refused, county-reviewed publish published, county-reviewed refuse refused, ' +
      'published recognise recognised, published refuse refused, recognised issue-plaque plaque-issued, recognised lapse lapsed, recognised revoke revoked, plaque-issued lapse lapsed, plaque-issued revoke revoked',
  ],
];

it.each(moves.map(([machine, text]) => [(machine as Machine<string, string>).name, machine as Machine<string, string>, text] as const))('%s makes these moves and no others', (name, machine, text) => {
  const made = Object.entries(machine.table).flatMap(([state, table]) => Object.entries(table).map(([command, to]) => `${state} ${command} ${to}`));
  expect(made.toSorted()).toEqual(text.split(', ').toSorted());
  expect(['publication', 'appeal', 'round', 'rating', 'village-application']).toContain(name);
});

it('names the state and the command of an illegal move, and a state that nothing leads to', () => {
  expect(refused(() => publicationMachine.next('closed', 'post'))).toEqual({ code: 'publication.illegal-move', facts: { state: 'closed', command: 'post' } });
  const islands = machineOf<'a' | 'b' | 'c', 'go'>('islands', 'a', { a: { go: 'b' }, b: {}, c: { go: 'a' } });
  expect(unreachableStates(islands)).toEqual(['c']);
});
