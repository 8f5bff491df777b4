import { dutyWindow, nextBoundary } from '../../shared/domain/roster.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import { startShift } from '../people/duty.ts';
import { assignWaiting } from '../incidents/assignment.ts';
import { watchOf } from './count-arrivals.ts';
import { drawUp } from './draw-up.ts';
import {
  acknowledgeHandover,
  endWithHandover,
  handoverCalls,
  hushHandover,
  isLead,
  remarkOnHandover,
  toHandoverLine,
  viewHandover,
  type EndShift,
} from './handover.ts';
import { giveOutLeft, leftWork } from './left-work.ts';
import type { ShiftParts } from './parts.ts';
import type { SilenceWatch } from './silence-watch.ts';

export type ShiftDesk = ReturnType<typeof createShiftDesk>;

/** What a page asks of shifts. */
export function createShiftDesk(parts: ShiftParts, silence: Pick<SilenceWatch, 'channels'>) {
  return {
    settings: parts.shiftSettings,
    state: (personId: number) => ({
      next: nextOnDuty(parts),
      left: isLead(parts, personId)
        ? leftWork(parts).map(({ personId: whose, open, urgent }) => ({
            personId: whose,
            count: open.length,
            urgent: urgent.length,
          }))
        : [],
      waiting: parts.handovers.waiting().map((row) => toHandoverLine(parts, row, personId)),
      channels: silence.channels(),
      prompt: startToGoThrough(parts, personId),
    }),
    draw: (personId: number) => ({
      document: drawUp(parts, personId),
      open: parts.work.openCount(personId),
    }),
    begin: (personId: number) => ({
      assigned: startShift(
        { ...parts, assignWaiting: (revision) => assignWaiting(parts, revision) },
        personId,
        personId,
      ),
    }),
    end: (input: EndShift, actor: number) => endWithHandover(parts, input, actor),
    giveOut: (input: Parameters<typeof giveOutLeft>[1], actor: number) => giveOutLeft(parts, input, actor),
    acknowledge: (id: number, actor: number) => acknowledgeHandover(parts, id, actor),
    remark: (input: { readonly id: number; readonly text: string }, actor: number) =>
      remarkOnHandover(parts, input, actor),
    hush: (id: number, actor: number) => hushHandover(parts, id, actor),
    calls: (personId: number) => handoverCalls(parts, personId),
    handover: (id: number, personId: number) => viewHandover(parts, id, personId),
    handovers(input: HandoverQuestion, personId: number) {
      const { text, ...rest } = input;
      const words = foldText(text)
        .split(' ')
        .filter((word) => word !== '');
      return parts.handovers.list({ ...rest, words }).map((row) => toHandoverLine(parts, row, personId));
    },
    answered: parts.work.answered,
    soundTested: (personId: number, heard: boolean) => soundTested(parts, personId, heard),
    saveChannel: (input: ChannelChoice, actor: number) => saveChannel(parts, input, actor),
  };
}

type HandoverQuestion = {
  readonly text: string;
  readonly personId: number | null;
  readonly from: number | null;
  readonly before: number | null;
  readonly limit: number;
};

type ChannelChoice = {
  readonly source: string;
  readonly enabled: boolean;
  readonly bound: number | null;
  readonly minMinutes: number | null;
};

/** On duty, and the sound has not been tried since it began. */
function startToGoThrough({ people, work }: ShiftParts, personId: number): 'roster' | 'hand' | null {
  const shift = people.openShift(personId);
  if (!shift || (work.soundTestedAt(personId) ?? 0) >= shift.startedAt) return null;
  return shift.source;
}

/** Whoever the roster brings next, each once. */
function nextOnDuty({ people, clock }: ShiftParts) {
  const now = clock.now();
  const active = new Set(
    people
      .all()
      .filter((person) => person.active === 1)
      .map(({ id }) => id),
  );
  const nearest = new Map<number, { personId: number; startsAt: number; endsAt: number }>();
  for (const rule of people.rules()) {
    if (!active.has(rule.personId) || people.openShift(rule.personId)) continue;
    const window = windowAfter(rule, now);
    const known = nearest.get(rule.personId);
    if (!window || (known && known.startsAt <= window.startsAt)) continue;
    nearest.set(rule.personId, { personId: rule.personId, ...window });
  }
  return [...nearest.values()].toSorted((a, b) => a.startsAt - b.startsAt || a.personId - b.personId);
}

type Plan = Parameters<typeof nextBoundary>[0];

/** Boundaries are starts and ends in turn: the first at which the plan is on is the next start. */
function windowAfter(plan: Plan, now: number) {
  let at = nextBoundary(plan, now);
  for (let step = 0; step < 2 && at !== undefined; step += 1) {
    const window = dutyWindow(plan, at);
    if (window && window.startsAt > now) return window;
    at = nextBoundary(plan, at);
  }
  return undefined;
}

function soundTested(parts: ShiftParts, personId: number, heard: boolean): void {
  parts.db.transact(() => {
    parts.journal.append({
      kind: 'person.sound-tested',
      subject: 'person',
      subjectId: personId,
      actorId: personId,
      facts: { heard },
    });
    parts.db.touch('shift');
  });
}

function saveChannel(parts: ShiftParts, { source, enabled, ...rest }: ChannelChoice, actor: number): void {
  parts.db.transact((revision) => {
    parts.silences.saveWatch({
      ...watchOf(parts, source),
      ...rest,
      enabled: enabled ? 1 : 0,
      revision,
    });
    parts.journal.append({
      kind: 'setting.saved',
      subject: 'setting',
      subjectId: 0,
      actorId: actor,
      facts: { keys: [`silence.${source}`] },
    });
    parts.db.touch('handover');
  });
}
