import {
  addDays,
  type AppealState,
  appealMachine,
  daysBetween,
  NaturalDayWindow,
  objectionWindowOf,
  type PlainDate,
  plainDate,
  type PublicationState,
  publicationMachine,
  termKinds,
  type Terms,
  whyNotFinal,
  windowOf,
  windowRefusal,
} from '@credit/policy';
import fc from 'fast-check';

const dated = (days: number) => [{ from: '1990-01-01', days, source: '三(三)3' }];
const terms = { ...Object.fromEntries(termKinds.map((kind) => [kind, dated(7)])), objection: dated(10), answer: dated(5) } as unknown as Terms;
const firstScore = 8000;

interface Hanging {
  state: PublicationState;
  postedOn: PlainDate | null;
  lastDay: PlainDate | null;
  suspendedOn: PlainDate | null;
}

interface Objection {
  readonly receivedOn: PlainDate;
  readonly refusal: string | null;
  readonly dueOn: PlainDate;
  state: AppealState;
  convenedOn: PlainDate | null;
  answeredOn: PlainDate | null;
  escalated: boolean;
  outcome: Hanging | null;
}

/**
 * One household's case, decided as the services decide it: by the tables of states and the windows of this library, each command
 * taken or refused at the day on which it comes. Timers and messages are commands like others: they may come never, late or twice.
 */
class Case {
  today = plainDate('2022-12-01');
  publications: Hanging[] = [draft()];
  objections: Objection[] = [];
  scores: { readonly hundredths: number; readonly objection: Objection | null }[] = [{ hundredths: firstScore, objection: null }];
  told = false;
  /** What the town saw, for the reference: the day on which something was, not what was made of it. */
  readonly log: { readonly on: PlainDate; readonly publication: number; readonly what: 'posted' | 'suspended' | 'resumed' | 'missing' | 'closed'; readonly from?: PlainDate }[] = [];

  get hanging(): Hanging {
    return this.publications.at(-1) ?? draft();
  }

  note(what: (typeof this.log)[number]['what'], from?: PlainDate): void {
    this.log.push({ on: this.today, publication: this.publications.length, what, ...(from ? { from } : {}) });
  }

  get reasonNotFinal(): ReturnType<typeof whyNotFinal> {
    const { lastDay, state } = this.hanging;
    const hangs = state === 'posted' || state === 'closed' ? lastDay : null;
    const changedBy = this.scores.at(-1)?.objection ?? null;
    return whyNotFinal({
      today: this.today,
      publicationLastDay: hangs,
      objectionLastDay: hangs === null ? null : objectionWindowOf(terms, hangs).lastDay,
      openObjections: this.objections.filter(open).length,
      told: this.told,
      ...(changedBy ? { outcomeLastDay: changedBy.outcome?.lastDay ?? null } : {}),
    });
  }
}

function draft(): Hanging {
  return { state: 'draft', postedOn: null, lastDay: null, suspendedOn: null };
}

type Act = (model: Case) => void;
const at = <T>(rows: readonly T[], index: number): T | undefined => rows[index % Math.max(1, rows.length)];

function post(hanging: Hanging, today: PlainDate): void {
  if (!publicationMachine.can(hanging.state, 'post')) return;
  hanging.state = publicationMachine.next(hanging.state, 'post');
  hanging.postedOn = today;
  hanging.lastDay = windowOf(terms, 'publication.result', today).lastDay;
}

/** The alarm of a last day: closes what is over, and nothing else, however often and whenever it rings. */
function ring(hanging: Hanging | null, today: PlainDate): boolean {
  if (!hanging?.postedOn || !hanging.lastDay || !publicationMachine.can(hanging.state, 'elapse') || !NaturalDayWindow.until(hanging.postedOn, hanging.lastDay).isOver(today)) return false;
  hanging.state = publicationMachine.next(hanging.state, 'elapse');
  return true;
}

/** 顺延 — the days from one on until today are added, except those that were added before. */
function addMissed(model: Case, what: 'missing' | 'resumed', from: PlainDate): void {
  const { hanging, today } = model;
  if (!hanging.postedOn || !hanging.lastDay) return;
  const before = model.log.filter((one) => one.publication === model.publications.length && one.from !== undefined);
  const fresh = daysFrom(from, today).filter((day) => !before.some((one) => one.from !== undefined && one.from <= day && day < one.on));
  hanging.lastDay = NaturalDayWindow.until(hanging.postedOn, hanging.lastDay).extendedBy(fresh.length).lastDay;
  model.note(what, from);
}

const acts = {
  pass: (days: number): Act => (model) => {
    model.today = addDays(model.today, days);
  },
  post: (): Act => (model) => {
    if (model.hanging.state === 'draft') model.note('posted');
    post(model.hanging, model.today);
  },
  tell: (): Act => (model) => {
    model.told ||= model.hanging.postedOn !== null;
  },
  missing: (days: number): Act => (model) => {
    const { hanging, today } = model;
    if (!publicationMachine.can(hanging.state, 'extend') || !hanging.postedOn || !hanging.lastDay || today > hanging.lastDay) return;
    addMissed(model, 'missing', [addDays(today, -days), hanging.postedOn].toSorted().at(-1) ?? today);
  },
  suspend: (): Act => (model) => {
    const { hanging, today } = model;
    if (!publicationMachine.can(hanging.state, 'suspend') || !hanging.lastDay || today > hanging.lastDay) return;
    hanging.state = publicationMachine.next(hanging.state, 'suspend');
    hanging.suspendedOn = today;
    model.note('suspended');
  },
  resume: (): Act => (model) => {
    const { hanging } = model;
    if (!publicationMachine.can(hanging.state, 'repost') || !hanging.suspendedOn) return;
    const from = hanging.suspendedOn;
    hanging.state = publicationMachine.next(hanging.state, 'repost');
    hanging.suspendedOn = null;
    addMissed(model, 'resumed', from);
  },
  withdraw: (): Act => (model) => {
    const { hanging, today } = model;
    if (!publicationMachine.can(hanging.state, 'withdraw') || (hanging.lastDay !== null && hanging.state === 'posted' && today > hanging.lastDay)) return;
    hanging.state = publicationMachine.next(hanging.state, 'withdraw');
    model.publications.push(draft());
    model.told = false;
  },
  ring: (): Act => (model) => {
    if (ring(model.hanging, model.today)) model.note('closed');
    for (const { outcome } of model.objections) ring(outcome, model.today);
  },
  object: (): Act => (model) => {
    const { state, postedOn, lastDay } = model.hanging;
    const refusal = windowRefusal({ state, postedOn, lastDay: lastDay === null ? null : objectionWindowOf(terms, lastDay).lastDay }, model.today);
    const dueOn = windowOf(terms, 'answer', model.today).lastDay;
    model.objections.push({ receivedOn: model.today, refusal, dueOn, state: appealMachine.next('received', refusal === null ? 'admit' : 'refuse'), convenedOn: null, answeredOn: null, escalated: false, outcome: null });
  },
  convene: (index: number): Act => (model) => {
    const objection = at(model.objections, index);
    if (!objection || !appealMachine.can(objection.state, 'convene')) return;
    objection.state = appealMachine.next(objection.state, 'convene');
    objection.convenedOn ??= model.today;
  },
  answer: (index: number, changedTo: number | null): Act => (model) => {
    const objection = at(model.objections, index);
    if (objection?.state !== 'panel-convened') return;
    objection.state = appealMachine.next(objection.state, 'answer');
    objection.answeredOn = model.today;
    objection.outcome = draft();
    if (changedTo !== null) model.scores.push({ hundredths: changedTo, objection });
  },
  publishOutcome: (index: number): Act => (model) => {
    const objection = at(model.objections, index);
    if (!objection?.outcome || !appealMachine.can(objection.state, 'publish-outcome')) return;
    objection.state = appealMachine.next(objection.state, 'publish-outcome');
    post(objection.outcome, model.today);
  },
  takeBack: (index: number): Act => (model) => {
    const objection = at(model.objections, index);
    if (objection && appealMachine.can(objection.state, 'withdraw')) objection.state = appealMachine.next(objection.state, 'withdraw');
  },
  watch: (): Act => (model) => {
    for (const one of model.objections) if (open(one) && model.today > one.dueOn) one.escalated = true;
  },
};

function daysFrom(from: PlainDate, before: PlainDate): PlainDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, before)) }, (_, index) => addDays(from, index));
}

/** The reference: on how many days, the posting day not counted, did the present publication really hang as it should until today? */
function daysHung(model: Case): number {
  const mine = model.log.filter((one) => one.publication === model.publications.length);
  const posted = mine.find(({ what }) => what === 'posted');
  if (!posted) return 0;
  const suspended = mine.findLast(({ what }) => what === 'suspended');
  const resumed = mine.findLast(({ what }) => what === 'resumed');
  const stillSuspended = suspended && (!resumed || mine.indexOf(resumed) < mine.indexOf(suspended)) ? suspended.on : null;
  // What was missed on a day is made good by a day more; a day is missed from its start to the start of the day of the re-posting.
  const missed = new Set(mine.flatMap(({ from, on }) => (from ? daysFrom(from, on) : [])));
  const until = stillSuspended ?? model.today;
  return daysFrom(posted.on, until).length - 1 - [...missed].filter((day) => day < until).length;
}

function must(lawful: boolean, what: string): void {
  if (!lawful) throw new Error(what);
}

const open = ({ state }: Objection): boolean => state === 'admitted' || state === 'panel-convened';

function check(model: Case, before: { readonly closed: boolean; readonly scores: number }): void {
  const { hanging, today, objections, scores } = model;
  must(scores[0]?.hundredths === firstScore && scores[0].objection === null, 'the first score stays for ever');
  must(scores.length - before.scores <= 1, 'one command changes the score once');
  must(model.publications.slice(0, -1).every(({ state }) => state === 'withdrawn'), 'what was withdrawn stays withdrawn');
  if (hanging.state === 'closed' && !before.closed) must(daysHung(model) >= 7, 'nothing closes before it hung seven whole days');
  must((hanging.state === 'suspended') === (hanging.suspendedOn !== null), 'a suspension has its day');
  if (model.reasonNotFinal === null) {
    must(!objections.some(open), 'no score is final with an open objection');
    must(daysHung(model) >= 7 + 10, 'no score is final before its publication and its window are over');
    must(model.told && (hanging.state === 'posted' || hanging.state === 'closed'), 'no score is final of which nobody was told');
    const outcome = scores.at(-1)?.objection?.outcome;
    must(outcome === undefined || (outcome?.lastDay !== null && outcome !== null && today > outcome.lastDay), 'no changed score is final before its outcome hung');
  }
  for (const one of objections) {
    must(one.refusal === null || one.state === 'refused', 'what came outside the window is refused and stays so');
    must(one.answeredOn === null || (one.convenedOn !== null && one.convenedOn <= one.answeredOn), 'nothing is answered without a panel');
    must(!one.escalated || today > one.dueOn, 'nothing is overdue before its day');
  }
}

const index = fc.nat({ max: 3 });
type Command = readonly [keyof typeof acts, ...(number | null)[]];
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('pass' as const), fc.integer({ min: 1, max: 9 })) },
  ...(['post', 'tell', 'suspend', 'resume', 'ring', 'object', 'watch'] as const).map((name) => ({ weight: 3, arbitrary: fc.tuple(fc.constant(name)) })),
  { weight: 2, arbitrary: fc.tuple(fc.constant('missing' as const), fc.integer({ min: 0, max: 5 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('withdraw' as const)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('convene' as const), index) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('answer' as const), index, fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null })) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('publishOutcome' as const), index) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('takeBack' as const), index) },
);

/** A message that is delivered again, at once or later, is the same command again. */
const sequence = fc.tuple(fc.array(command, { minLength: 10, maxLength: 40 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 })).map(([commands, again]) => {
  const all = [...commands];
  for (const [which, where] of again) all.splice(where % all.length, 0, commands[which % commands.length] ?? ['ring']);
  return all;
});

function apply(model: Case, [name, ...args]: Command): void {
  const before = { closed: model.hanging.state === 'closed', scores: model.scores.length };
  (acts[name] as (...given: (number | null)[]) => Act)(...args)(model);
  check(model, before);
}

describe('10,000 orders of objection, closing, suspension and answer', () => {
  it('end in a lawful state, and are lawful after each step', () => {
    fc.assert(
      fc.property(sequence, (commands) => {
        const model = new Case();
        for (const one of commands) apply(model, one);
        // The rest of the programme goes on until nothing is open.
        for (const one of [['resume'], ['post'], ['tell'], ['pass', 60], ['ring'], ['watch']] as const) apply(model, one);
        for (const [which, { state }] of model.objections.entries()) {
          if (state === 'admitted') apply(model, ['convene', which]);
          if (state === 'admitted' || state === 'panel-convened') apply(model, ['answer', which, null]);
          apply(model, ['publishOutcome', which]);
        }
        apply(model, ['pass', 8]);
        apply(model, ['ring']);
        must(model.reasonNotFinal === null, `the score becomes final, not ${model.reasonNotFinal}`);
        must(model.objections.every(({ state }) => ['refused', 'withdrawn', 'outcome-published'].includes(state)), 'every objection ends');
      }),
      { numRuns: 10_000, seed: 20_221_201 },
    );
  });
});
