import { createDutyWatch, startShift } from '../../src/core/people/duty.ts';
import { savePerson, saveRoster, type RosterLine } from '../../src/core/people/people.ts';
import { assignWaiting } from '../../src/core/incidents/assignment.ts';
import { assign, dismiss, moveToStatus, setType } from '../../src/core/incidents/change-incident.ts';
import { letterJoined } from '../../src/core/incidents/letter-joined.ts';
import { createSlaWatch } from '../../src/core/incidents/sla-watch.ts';
import { undo } from '../../src/core/incidents/undo.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { endWithHandover } from '../../src/core/shift/handover.ts';
import { createShiftWatch } from '../../src/core/shift/shift-watch.ts';
import { between, createSeededRandom, pick } from '../../src/core/training/seeded-random.ts';
import type { LeaveWork } from '../../src/shared/contract/shift.ts';
import { AppError } from '../../src/shared/errors.ts';
import { createShiftKit, type ShiftKit } from './shift-kit.ts';

export type WeekPlan = { readonly incidents: number; readonly days: number; readonly seed: number };

type Deed = { readonly at: number; readonly run: () => void };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const alive = new AbortController().signal;

/** How busy each hour of the day is, UTC. */
const hourWeights = [1, 1, 1, 1, 2, 4, 6, 7, 7, 6, 6, 6, 7, 7, 6, 5, 4, 3, 3, 2, 2, 2, 1, 1] as const;

const line = (weekdays: number, starts: number, ends: number, zone: string): RosterLine => ({
  weekdays,
  startsMinute: starts * 60,
  endsMinute: ends * 60,
  zone,
});
const moscow = 'Europe/Moscow';

/** Days, nights over midnight, four zones, one split shift, one without a roster; nobody at eight in the evening. */
const rosters: readonly (readonly RosterLine[])[] = [
  [line(0b0110011, 8, 20, moscow)],
  [line(0b0110011, 8, 20, moscow)],
  [line(0b1001100, 8, 20, moscow)],
  [line(0b1001100, 8, 20, moscow)],
  [line(0b0010101, 21, 8, moscow)],
  [line(0b0010101, 21, 8, moscow)],
  [line(0b0101010, 21, 8, moscow)],
  [line(0b0101010, 21, 8, moscow)],
  [line(0b0011111, 9, 18, 'Asia/Vladivostok')],
  [line(0b0011111, 12, 22, 'Asia/Yekaterinburg')],
  [line(0b1100000, 7, 12, 'Europe/Kaliningrad'), line(0b1100000, 14, 19, 'Europe/Kaliningrad')],
  [],
];

/**
 * A week of a desk: the core's own stores, use-cases and watches on a clock that is moved, and hands that are played:
 * they close, dismiss, reassign, undo, leave early and hand over, come unplanned; letters come after closing.
 */
export async function playWeek(plan: WeekPlan, file?: string): Promise<ShiftKit> {
  const kit = createShiftKit(file);
  const random = createSeededRandom(plan.seed);
  const { desk, clock } = kit;
  const duty = { ...desk, assignWaiting: (revision: number) => assignWaiting(desk, revision) };
  const people = rosters.map((lines, index) => {
    const blank = { role: index === 0 ? 'lead' : 'dispatcher', email: '', phone: '', active: true } as const;
    const id = savePerson(desk, { ...blank, name: `Диспетчер ${index + 1}`, addresses: [] }, null);
    saveRoster(desk, id, lines, null);
    return id;
  });
  const hands = createHands(kit, random);
  const from = clock.now();
  const deeds: Deed[] = arrivals(plan, random, from).map((at) => ({ at, run: () => hands.arrive() }));
  for (let dayIndex = 0; dayIndex < plan.days; dayIndex += 1) {
    const morning = from + dayIndex * day;
    deeds.push({ at: morning + between(random, 2, 10) * hour, run: () => hands.leaveEarly() });
    deeds.push({
      at: morning + between(random, 1, 8) * hour,
      run: () => startShift(duty, people.at(-1) ?? 0, null),
    });
    deeds.push({ at: morning + between(random, 9, 11) * hour, run: () => hands.end(people.at(-1) ?? 0) });
  }
  const services = [
    createDutyWatch(duty, silentLogger),
    createSlaWatch(desk, silentLogger),
    createShiftWatch(kit.parts, silentLogger),
  ];
  for (const service of services) await service.start(alive);
  const queue = createQueue(deeds);
  hands.later = queue.add;
  for (let next = queue.take(); next; next = queue.take()) {
    if (next.at > from + plan.days * day) break;
    if (next.at > clock.now()) await clock.advance(next.at - clock.now());
    next.run();
    // The machine sleeps for a while: two of a thousand deeds.
    if (random.number() < 0.002) clock.jump(between(random, 1, 40) * minute);
  }
  for (const service of services) await service.stop();
  return kit;
}

function arrivals({ incidents, days }: WeekPlan, random: { number(): number }, from: number): number[] {
  const most = Math.max(...hourWeights);
  const times: number[] = [];
  while (times.length < incidents) {
    const at = from + Math.floor(random.number() * days * day);
    const weight = hourWeights[new Date(at).getUTCHours()] ?? 1;
    if (random.number() * most < weight) times.push(at);
  }
  return times;
}

function createHands(kit: ShiftKit, random: ReturnType<typeof createSeededRandom>) {
  const { desk, clock, parts } = kit;
  const finished = kit.statusId('closed');
  const undoParts = { ...desk, moveLetterBack: () => undefined };
  const isOpen = (id: number) => {
    const { finishedAt, dismissedAt } = desk.incidents.require(id);
    return finishedAt === null && dismissedAt === null;
  };
  const subtyped = new Set(desk.reference.subtypes().flatMap(({ typeIds }) => typeIds));
  const typeId = desk.reference.types().find(({ id }) => !subtyped.has(id))?.id ?? null;
  const close = (id: number, actor: number | null) =>
    kit.db.transact((revision) => {
      setType(desk, { id, expected: desk.incidents.require(id).revision, typeId }, actor);
      const move = { statusId: finished, why: 'hand', actor } as const;
      return moveToStatus(desk, desk.incidents.require(id), move, revision);
    });
  const hands = {
    later: (_deed: Deed): void => undefined,
    arrive() {
      const id = kit.letter(`Инцидент ${clock.now()}`);
      const after = (ms: number, run: () => void) => hands.later({ at: clock.now() + ms, run });
      const kind = random.number();
      after(between(random, 20, 900) * minute, () => hands.finish(id, kind < 0.1));
      if (kind > 0.9) after(between(random, 1, 200) * minute, () => hands.give(id));
      if (kind > 0.95) after(between(random, 900, 1500) * minute, () => hands.complain(id));
    },
    finish(id: number, sets: boolean) {
      if (!isOpen(id)) return;
      const incident = desk.incidents.require(id);
      const actor = incident.assigneeId;
      const sequence = sets
        ? dismiss(desk, { id, expected: incident.revision, ruleId: null }, actor).undo
        : close(id, actor);
      if (sequence === null || random.number() > 0.05) return;
      hands.later({ at: clock.now() + 5000, run: () => hands.takeBack(sequence, actor) });
      hands.later({ at: clock.now() + hour, run: () => hands.finish(id, false) });
    },
    give(id: number) {
      if (!isOpen(id)) return;
      const { revision, assigneeId } = desk.incidents.require(id);
      const personId = between(random, 1, 12);
      const { undo: sequence } = assign(desk, { id, expected: revision, personId }, assigneeId);
      if (sequence !== null && random.number() < 0.3) hands.takeBack(sequence, assigneeId);
    },
    takeBack(sequence: number, actor: number | null) {
      try {
        undo(undoParts, sequence, actor);
      } catch (thrown) {
        // Somebody was quicker: what they decided stands.
        if (!(thrown instanceof AppError)) throw thrown;
      }
    },
    /** Two letters after closing: the second opens it again. */
    complain(id: number) {
      if (desk.incidents.require(id).finishedAt === null) return;
      for (const messageId of [1, 2]) {
        letterJoined(desk, {
          incidentId: id,
          messageId,
          direction: 'in',
          opening: false,
          automatic: false,
          receivedAt: clock.now(),
          by: 'code',
        });
      }
    },
    leaveEarly() {
      const shift = pick(random, [undefined, ...desk.people.openShifts()]);
      if (shift) hands.end(shift.personId);
    },
    end(personId: number) {
      if (!desk.people.openShift(personId)) return;
      const work = pick<LeaveWork>(random, [
        { how: 'spread' },
        { how: 'keep' },
        { how: 'give', personId: (personId % 12) + 1 },
      ]);
      const blank = { without: [], notes: {}, words: '' };
      const { undo: sequence } = endWithHandover(parts, { ...blank, to: { kind: 'next' }, work }, personId);
      if (sequence !== null && random.number() < 0.2) hands.takeBack(sequence, personId);
    },
  };
  return hands;
}

/** Deeds in the order of their times; what is added later is sorted in. */
function createQueue(deeds: readonly Deed[]) {
  const sorted = deeds.toSorted((a, b) => b.at - a.at);
  return {
    take: () => sorted.pop(),
    add(deed: Deed): void {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sorted[middle]?.at ?? 0) > deed.at) low = middle + 1;
        else high = middle;
      }
      sorted.splice(low, 0, deed);
    },
  };
}
