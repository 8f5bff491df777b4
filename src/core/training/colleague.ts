import type { IncidentRow } from '../../shared/contract/incidents.ts';
import { contract } from '../../shared/contract/index.ts';
import { toAppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createPortCore, type PortCore } from '../../shared/rpc/port-core.ts';
import type { Port } from '../../shared/rpc/port.ts';
import type { Backend } from '../app-types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { createColleagueCalls } from './crew/colleague-calls.ts';
import { setUpReaching, type ReachServices } from './crew/set-up-reaching.ts';
import { answer, follow, handleIncident, readLists, type Lists, type Rpc } from './handle-incident.ts';
import { settleClocks } from './lesson-clocks.ts';
import { fillDirectory, tieChats } from './lesson-directory.ts';
import { between, pick } from './seeded-random.ts';
import type { DeliveredLetter, Shift } from './shift.ts';
import type { Handling } from './story.ts';

export type ColleagueParts = {
  readonly backend: Pick<Backend, 'connect'>;
  readonly shift: Pick<Shift, 'delivered' | 'state'>;
  /** Who sits at the pages: their incidents are theirs. */
  readonly present: () => ReadonlySet<number>;
  /** What technicians are reached by. */
  readonly services: ReachServices;
  readonly clock: Clock;
  readonly random: Random;
  /** Of its own, so that what is done about letters is the same whatever technicians do. */
  readonly callsRandom: Random;
  readonly log: Logger;
};

export type Colleague = { stop(): Promise<void> };

/** The mailbox has been read by then, or will not be. */
const readWithinMs = 15_000;
const lookMs = 250;
/** Between two things the colleague does, in seconds of the shift's time. */
const pauseSeconds = [35, 80] as const;
const tickMs = 1_000;
/** Of the letters that fall to the colleagues, so many are taken up; the rest wait for the person who practises. */
const share = 0.6;

/**
 * A dispatcher who works beside the person that practises: by the same calls as a page, signed in as one of those on
 * duty. First what lies in the mailbox is brought where a running shift would have it, then new letters now and then.
 */
export function startColleague(parts: ColleagueParts): Colleague {
  const { clock, random, log } = parts;
  const lifetime = new AbortController();
  const { rpc, connection } = createClient(contract, () => connectTo(parts.backend), {
    clock,
    random: random.number,
    newId: () => uuidv7(clock.now(), random.bytes(10)),
  });
  const working = work(parts, rpc, lifetime.signal).catch((error: unknown) => {
    const { code } = toAppError(error);
    if (code !== 'cancelled') log.error({ code, err: error }, 'training.colleague-failed');
  });
  return {
    async stop() {
      lifetime.abort();
      connection.close();
      await working;
    },
  };
}

async function work(parts: ColleagueParts, rpc: Rpc, signal: AbortSignal): Promise<void> {
  const { clock, random, shift } = parts;
  await sitDown(parts, rpc);
  const lists = await readLists(rpc);
  const desk = { ...parts, rpc, lists, handled: new Set<number>(), left: new Set<number>() };
  await attempt(desk, () => settleClocks(rpc));
  await takeOver(desk, signal);
  await attempt(desk, () => fillDirectory(rpc));
  await attempt(desk, () => setUpReaching(rpc, parts.services));
  const calls = createColleagueCalls({ ...parts, rpc, random: parts.callsRandom });
  let isTied = false;
  while (!signal.aborted) {
    let leftMs = between(random, ...pauseSeconds) * 1000;
    while (leftMs > 0) {
      await clock.sleep(tickMs, signal);
      // The speed may change meanwhile, and a paused shift is a paused colleague.
      const { speed, paused } = shift.state();
      if (!paused) {
        leftMs -= tickMs * speed;
        await attempt(desk, () => calls.pass(tickMs * speed));
      }
      if (!isTied) await attempt(desk, async () => void (isTied = await tieChats(rpc)));
    }
    await sitDown(parts, rpc);
    await attempt(desk, () => doOneThing(desk));
  }
}

type Desk = ColleagueParts & {
  readonly rpc: Rpc;
  readonly lists: Lists;
  /** Incidents the colleague has taken up. */
  readonly handled: Set<number>;
  /** Incidents left to others for good. */
  readonly left: Set<number>;
};

/** Signs in as somebody on duty whose chair is free; the first of the list is who a newcomer takes. */
async function sitDown({ present }: ColleagueParts, rpc: Rpc): Promise<void> {
  const { people } = await rpc.session.people({});
  const taken = present();
  const free = people.slice(1).filter(({ id }) => !taken.has(id));
  const someone = free.find(({ onDutySince }) => onDutySince !== null) ?? free[0];
  if (someone) await rpc.session.signIn({ personId: someone.id });
}

/** All that lay in the mailbox, oldest first, once it is read: in one order, so that the same seed makes the same desk. */
async function takeOver(desk: Desk, signal: AbortSignal): Promise<void> {
  const { clock, shift, rpc } = desk;
  const earlier = shift.delivered().filter(({ handling }) => handling !== undefined);
  const until = clock.elapsed() + readWithinMs;
  let found = await findIncidents(rpc, earlier);
  while (found.length < earlier.length && clock.elapsed() < until) {
    await clock.sleep(lookMs, signal);
    found = await findIncidents(rpc, earlier);
  }
  for (const { incident, letter } of found) {
    const { handling = 'untouched' } = letter;
    if (handling === 'untouched') desk.left.add(incident.id);
    // A desk that was kept from the last lesson is further on already.
    else if (incident.typeId === null) await attempt(desk, () => takeUp(desk, incident, letter, handling));
  }
  await attempt(desk, () => joinStrayNotices(desk, found));
  await acknowledge(desk);
}

/** A robot's notice in a thread of its own belongs to the incident about the same station, and is none itself. */
async function joinStrayNotices({ rpc, shift }: Desk, found: readonly Found[]): Promise<void> {
  const notices = shift.delivered().filter(({ shape }) => shape === 'closed-in-new-thread');
  for (const { incident } of await findIncidents(rpc, notices)) {
    const original = found.find(({ incident: other }) => incident.title.startsWith(other.title))?.incident;
    const { entries } = await rpc.incidents.timeline({ id: incident.id });
    const letter = entries.find((entry) => entry.kind === 'message');
    if (!original || original.id === incident.id || !letter) continue;
    await rpc.incidents.moveMessage({ messageId: letter.id, incidentId: original.id });
  }
}

async function doOneThing(desk: Desk): Promise<void> {
  const { rpc, shift, random, present } = desk;
  await acknowledge(desk);
  const taken = present();
  const theirs = ({ incident }: Found) => incident.assigneeId !== null && !taken.has(incident.assigneeId);
  const delivered = shift.delivered().filter(({ opens }) => opens);
  const open = (await findIncidents(rpc, delivered)).filter(theirs);
  const fresh = open.find(
    ({ incident: { id, typeId } }) => typeId === null && !desk.handled.has(id) && !desk.left.has(id),
  );
  if (fresh && random.number() >= share) desk.left.add(fresh.incident.id);
  else if (fresh) {
    const handling = pick<Handling>(random, ['in-progress', 'answered', 'operator-notified', 'handed-over']);
    await takeUp(desk, fresh.incident, fresh.letter, handling);
  } else await moveOn(desk, open);
}

/** The colleague's oldest incident takes its next step: the contractor is sent, and later the work is done. */
async function moveOn({ rpc, lists, handled, random }: Desk, open: readonly Found[]): Promise<void> {
  if (random.number() < 0.5) return;
  const steps = [
    { from: 'handed-over', to: 'closed' },
    { from: 'operator-notified', to: 'handed-over' },
  ];
  for (const { from, to } of steps) {
    const statusId = lists.status(from);
    const [next] = open.filter(
      ({ incident: { id, ...row } }) => handled.has(id) && row.statusId === statusId,
    );
    if (!next) continue;
    await follow(next.incident.id, [to], { rpc, lists });
    if (to === 'closed') await answer(rpc, next.incident.id, 'closed');
    return;
  }
}

async function takeUp(
  desk: Desk,
  incident: IncidentRow,
  letter: DeliveredLetter,
  handling: Handling,
): Promise<void> {
  const { rpc, lists, log } = desk;
  desk.handled.add(incident.id);
  await handleIncident(incident, { rpc, lists, type: letter.type, handling });
  log.debug({ incidentId: incident.id, handling }, 'training.handled');
}

/** What sounds about the colleague's own is heard by the colleague. */
async function acknowledge({ rpc, handled, present }: Desk): Promise<void> {
  const taken = present();
  const { alarms } = await rpc.alarms.sounding({});
  const own = alarms.filter(
    ({ incidentId, assigneeId }) =>
      handled.has(incidentId) && (assigneeId === null || !taken.has(assigneeId)),
  );
  if (own.length > 0) await rpc.incidents.acknowledge({ ids: own.map(({ incidentId }) => incidentId) });
}

type Found = { readonly incident: IncidentRow; readonly letter: DeliveredLetter };

/** The unfinished incidents that these letters opened, in the letters' order. */
async function findIncidents(rpc: Rpc, letters: readonly DeliveredLetter[]): Promise<Found[]> {
  const { rows } = await rpc.incidents.queue({
    filter: {},
    sort: { key: 'registered', descending: true },
    offset: 0,
    limit: 500,
  });
  const keyOf = (at: number, sender: string) => `${Math.floor(at / 1000)} ${sender}`;
  const byLetter = new Map(rows.map((row) => [keyOf(row.registeredAt, row.applicant), row]));
  return letters.flatMap((letter) => {
    const incident = byLetter.get(keyOf(letter.writtenAt, letter.sender));
    return incident ? [{ incident, letter }] : [];
  });
}

/** Somebody else was quicker, or the desk says no: the colleague goes on with the next thing. */
async function attempt({ log }: Desk, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const { code } = toAppError(error);
    if (code === 'cancelled') throw error;
    log.info({ code, err: error }, 'training.colleague-gave-way');
  }
}

/** The page's end of a wire without a network: texts arrive a turn later and in order. */
function connectTo(backend: Pick<Backend, 'connect'>): Port {
  const page: PortCore = createPortCore({
    transmit: (text) => queueMicrotask(() => core.receive(text)),
    shut: () => queueMicrotask(() => core.gone()),
  });
  const core: PortCore = createPortCore({
    transmit: (text) => queueMicrotask(() => page.receive(text)),
    shut: () => queueMicrotask(() => page.gone()),
  });
  backend.connect(core.port);
  return page.port;
}
