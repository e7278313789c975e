import { type PublicationCommand, publicationMachine, type PublicationState, type RoundCommand, roundMachine, type RoundState } from '@credit/policy';
import fc from 'fast-check';

/**
 * A round that hears of its publication late, twice or never: whatever it hears, it reads how the newest publication stands at that
 * moment. `past` is what the town saw, for the invariants.
 */
class Followed {
  round: RoundState = 'preparing';
  publications: PublicationState[] = ['draft'];
  /** What the round follows: the publication it last read as posted. */
  follows: number | null = null;
  filings = 0;
  readonly past: RoundState[] = [];

  get newest(): PublicationState {
    return this.publications.at(-1) ?? 'draft';
  }

  command(command: RoundCommand): void {
    if (command === 'publish' || command === 'restart-publication' || command === 'finalise' || !roundMachine.can(this.round, command)) return;
    if (command === 'file') this.filings += 1;
    this.go(command);
  }

  publish(command: PublicationCommand): void {
    // Nothing is drafted before the set was filed.
    if (this.filings === 0 || !publicationMachine.can(this.newest, command)) return;
    this.publications[this.publications.length - 1] = publicationMachine.next(this.newest, command);
    if (command === 'withdraw') this.publications.push('draft');
  }

  hear(): void {
    const hangs = this.newest !== 'draft' && this.newest !== 'withdrawn';
    if (hangs && roundMachine.can(this.round, 'publish')) {
      this.go('publish');
      this.follows = this.publications.length - 1;
    } else if (!hangs && roundMachine.can(this.round, 'restart-publication')) {
      this.go('restart-publication');
      this.follows = null;
    }
  }

  /** Every score is final: only the services that own the days can say so, and they say it of what hangs. */
  finalise(): void {
    if (this.newest === 'closed' && this.follows === this.publications.length - 1 && roundMachine.can(this.round, 'finalise')) this.go('finalise');
  }

  private go(command: RoundCommand): void {
    this.past.push(this.round);
    this.round = roundMachine.next(this.round, command);
  }
}

type Step = readonly ['round', RoundCommand] | readonly ['publication', PublicationCommand] | readonly ['hear' | 'finalise'];
const commandsOf = <Command extends string>(table: Readonly<Record<string, Readonly<Partial<Record<Command, string>>>>>): Command[] => [...new Set(Object.values(table).flatMap((moves) => Object.keys(moves) as Command[]))];
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...commandsOf(roundMachine.table)).map((command) => ['round', command] as const) },
  { weight: 4, arbitrary: fc.constantFrom(...commandsOf(publicationMachine.table)).map((command) => ['publication', command] as const) },
  { weight: 3, arbitrary: fc.constantFrom('hear' as const, 'finalise' as const).map((name) => [name] as const) },
);

/** Half of them begin with a review that was filed, so that its publication gets its turn too. */
const filed: readonly Step[] = (['open', 'deliberate', 'hand-in', 'file'] as const).map((command) => ['round', command]);
const sequence = fc.tuple(fc.boolean(), fc.array(step, { minLength: 10, maxLength: 60 })).map(([isFiled, steps]) => (isFiled ? [...filed, ...steps] : steps));

function take(followed: Followed, [name, command]: Step): void {
  if (name === 'round') followed.command(command);
  else if (name === 'publication') followed.publish(command);
  else followed[name]();
}

function must(lawful: boolean, what: string): void {
  if (!lawful) throw new Error(what);
}

/** The round by the way it was reached, not by its table. */
function check({ round, past, filings, publications, follows, newest }: Followed, before: RoundState): void {
  const order: readonly RoundState[] = ['preparing', 'open', 'deliberating', 'handed-in'];
  const steps = order.includes(round) ? order.slice(0, order.indexOf(round)) : order;
  must(steps.every((state) => past.includes(state)), 'no step of the review is left out');
  must(!['filed', 'published', 'final'].includes(round) || filings === 1, 'what was filed is filed once and stays filed');
  must(filings === 0 || ['filed', 'published', 'final'].includes(round), 'nobody deliberates on what was filed');
  must(round !== 'published' || (follows !== null && publications[follows] !== 'draft'), 'nothing counts as published that never hung');
  must(publications.slice(0, -1).every((state) => state === 'withdrawn'), 'what was withdrawn never hangs again');
  must(before !== 'final' || round === 'final', 'a final round stays final');
  must(round !== 'final' || before === 'final' || (newest === 'closed' && before === 'published'), 'final only after the whole publication');
}

it('10,000 orders of review, publication and news of it never leave a round in an unlawful state', () => {
  const reached = new Set<RoundState>();
  fc.assert(
    fc.property(sequence, (steps) => {
      const followed = new Followed();
      for (const one of steps) {
        const before = followed.round;
        take(followed, one);
        check(followed, before);
      }
      // The rest of the programme: handed in, filed, posted anew where it must be, and heard of at last.
      for (const command of ['open', 'deliberate', 'hand-in', 'file'] as const) followed.command(command);
      for (const command of ['repost', 'post', 'elapse'] as const) followed.publish(command);
      followed.hear();
      reached.add(followed.round);
      followed.finalise();
      check(followed, 'published');
      must(followed.round === 'final', `the round ends, not ${followed.round}`);
    }),
    { numRuns: 10_000, seed: 20_221_114 },
  );
  expect(reached).toEqual(new Set(['published', 'final']));
});
