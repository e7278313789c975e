import type { Actor } from '@credit/platform';
import type { ObjectionView } from './objection-list.store';
import type { Objection } from './objection.types';
import { sentenceOf } from './sentences';

/** 可见的异议 — staff by division, a villager the own household's; whoever is objected to is not told by whom. */
export function visibleTo(actor: Actor, view: ObjectionView): Objection | null {
  const householdId = actor.villager?.householdId;
  const mayRead = actor.villager ? view.applicantId === householdId || view.subjectId === householdId : actor.may('objection.read', view.divisionCode);
  if (!mayRead) return null;
  const { meetingOn = null, outcome = null, changedHundredths = null, vetoLifted = null, outcomePublicationId = null, outcomeLastDay = null, toldOn = null } = view;
  return {
    ...view,
    lateTyped: view.enteredOn > view.receivedOn,
    applicantId: actor.villager && view.applicantId !== householdId ? null : view.applicantId,
    meetingOn,
    outcome,
    changedHundredths,
    vetoLifted,
    outcomePublicationId,
    outcomeLastDay,
    toldOn,
    message: sentenceOf(view),
  };
}
