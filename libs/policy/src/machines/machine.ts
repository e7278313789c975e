import { PolicyError } from '../errors';

/** 状态机 as a table: state → command → next state. An absent entry is an illegal move. */
export type MachineTable<State extends string, Command extends string> = Readonly<Record<State, Readonly<Partial<Record<Command, State>>>>>;

export interface Machine<State extends string, Command extends string> {
  readonly name: string;
  readonly initial: State;
  readonly table: MachineTable<State, Command>;
  can(state: State, command: Command): boolean;
  /** The next state; `<name>.illegal-move` when the table has none. */
  next(state: State, command: Command): State;
  /** Commands that are open in a state, for the buttons of a frontend. */
  moves(state: State): Command[];
}

export function machine<State extends string, Command extends string>(name: string, initial: State, table: MachineTable<State, Command>): Machine<State, Command> {
  const target = (state: State, command: Command): State | undefined => {
    const known = Object.hasOwn(table, state) && Object.hasOwn(table[state], command);
    return known ? table[state][command] : undefined;
  };
  return {
    name,
    initial,
    table,
    can: (state, command) => target(state, command) !== undefined,
    next: (state, command) => {
      const to = target(state, command);
      if (to === undefined) throw new PolicyError(`${name}.illegal-move`, { state, command });
      return to;
    },
    moves: (state) => Object.keys(table[state]) as Command[],
  };
}

/** States no sequence of moves from the first one reaches; a sound table has none. */
export function unreachableStates<State extends string, Command extends string>({ initial, table }: Machine<State, Command>): State[] {
  const reached = new Set<State>([initial]);
  for (const state of reached) for (const to of Object.values<State | undefined>(table[state])) if (to !== undefined) reached.add(to);
  return (Object.keys(table) as State[]).filter((state) => !reached.has(state));
}
