import type { CallLine } from '../../../shared/contract/calls.ts';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import type { AnswerVerb } from '../../../shared/domain/reaching.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';
import type { Random } from '../../platform/random.ts';
import type { Rpc } from '../handle-incident.ts';
import { pick } from '../seeded-random.ts';
import { capitalGroup, crew } from './crew-cast.ts';
import { occasions, type CallOccasion, type Occasion } from './occasions.ts';

export type ColleagueCalls = {
  /** So much time of the lesson has passed: what is due is done, one thing at a time. */
  pass(ms: number): Promise<void>;
};

type Parts = {
  readonly rpc: Rpc;
  readonly random: Random;
  /** Whose incidents are not the colleague's to act in. */
  readonly present: () => ReadonlySet<number>;
};

const secondMs = 1000;
/** Before the colleague says something back, and before one who has no bot rings again. */
const replyMs = 12 * secondMs;
const ringMs = 35 * secondMs;
/** Left to whoever practises for so long, then the colleague looks after their own. */
const heardMs = 20 * secondMs;
const rings: readonly AnswerVerb[] = ['accepted', 'on-the-way', 'in-progress', 'done'];
const lines: readonly [string, ...string[]] = [
  'Принято, держите в курсе. Охрана предупреждена.',
  'Хорошо. Как будете на месте, пришлите фото щита.',
  'Спасибо. Если нужен ДГУ, скажите сразу.',
];

/** What the colleague does about technicians and contractors, by the same calls as a page. */
export function createColleagueCalls({ rpc, random, present }: Parts): ColleagueCalls {
  const waiting: Occasion[] = [...occasions];
  /** Calls of the colleague's own; one they left to the dispatcher is not among them. */
  const own = new Set<number>();
  const said = new Set<number>();
  /** Since when, in the lesson's time, something about a call waits for the colleague. */
  const since = new Map<string, number>();
  let storyMs = 0;

  const isDue = (what: string, afterMs: number): boolean => {
    const began = since.get(what) ?? storyMs;
    since.set(what, began);
    return storyMs - began >= afterMs;
  };

  const callOut = async (occasion: CallOccasion): Promise<void> => {
    const { contactId, regionIds, skillId } = await whom(rpc, occasion);
    if (contactId === undefined) return;
    const { urgency, description, passesOn } = occasion;
    const where = await placeFor({ rpc, present }, regionIds);
    const { id } = await rpc.calls.create({
      ...where,
      place: '',
      description,
      urgency,
      skillId,
      contactId,
      passesOn,
      workKind: '',
      files: [],
    });
    if (passesOn) own.add(id);
  };
  const perform = (occasion: Occasion): Promise<void> => {
    switch (occasion.kind) {
      case 'call':
        return callOut(occasion);
      case 'hand-over':
        return handOver({ rpc, present });
      case 'storm':
        return warnOfStorm(rpc);
    }
  };
  const lookAfter = async (call: CallLine): Promise<void> => {
    const { id, state, contactName, lastAnswer } = call;
    if (contactName === crew.byPhoneSouth.name && isCallOpen(state)) await ring(call);
    if (!own.has(id)) return;
    const isTalking = lastAnswer !== null && lastAnswer.verb === null && isCallOpen(state);
    if (isTalking && !said.has(id) && isDue(`line ${id}`, replyMs)) {
      said.add(id);
      await rpc.calls.say({ id, text: pick(random, lines), files: [] });
    }
    const heard = `heard ${id}`;
    if (call.unseen === 0 && !call.sounding) since.delete(heard);
    else if (isDue(heard, heardMs)) await rpc.calls.seen({ id });
  };
  /** They ring; whoever of the desk is free puts it down. */
  const ring = async ({ id, state, revision }: CallLine): Promise<void> => {
    if (!isDue(`ring ${id} ${state}`, ringMs)) return;
    const verb = rings[['pending', 'accepted', 'on-the-way', 'in-progress'].indexOf(state)];
    if (verb === undefined) return;
    await rpc.calls.mark({ id, expected: revision, verb, reason: '' });
  };

  return {
    async pass(ms) {
      storyMs += ms;
      const [next] = waiting;
      if (next && next.atSeconds * secondMs <= storyMs) {
        waiting.shift();
        await perform(next);
        return;
      }
      const { calls } = await rpc.calls.board({});
      for (const call of calls) await lookAfter(call);
    },
  };
}

async function whom(rpc: Rpc, { to, skill }: CallOccasion) {
  const { technicians, skills } = await rpc.technicians.list({});
  const found = technicians.find(({ name }) => name === crew[to].name);
  const skillId = skills.find(({ key }) => key === skill)?.id ?? null;
  return { contactId: found?.contactId, regionIds: found?.regionIds ?? [], skillId };
}

type Desk = Pick<Parts, 'rpc' | 'present'>;

/** An incident of the colleague's about a mast there; where there is none, a mast that nobody has written about. */
async function placeFor(desk: Desk, regionIds: readonly number[]) {
  const { rpc } = desk;
  const { regions } = await rpc.assets.lists({});
  const names = new Set(regions.filter(({ id }) => regionIds.includes(id)).map(({ name }) => name));
  const { calls } = await rpc.calls.board({});
  const called = new Set(calls.map(({ incidentId }) => incidentId));
  for (const { id } of await ownIncidents(desk)) {
    if (called.has(id)) continue;
    const { assets } = await rpc.assets.ofIncident({ incidentId: id });
    const pole = assets.find(
      ({ state, kind, region }) => state === 'bound' && kind === 'pole' && names.has(region),
    );
    if (pole) return { incidentId: id, assetId: pole.assetId, regionId: null };
  }
  const { rows } = await rpc.assets.list({ kinds: ['pole'], regionIds: [...regionIds], offset: 0, limit: 1 });
  return { incidentId: null, assetId: rows[0]?.id ?? null, regionId: regionIds[0] ?? null };
}

/** Taken up, not ended, and of nobody who sits at a page. */
async function ownIncidents({ rpc, present }: Desk): Promise<readonly IncidentRow[]> {
  const { rows } = await rpc.incidents.queue({
    filter: {},
    sort: { key: 'registered', descending: true },
    offset: 0,
    limit: 100,
  });
  const taken = present();
  return rows.filter(
    ({ typeId, assigneeId }) => typeId !== null && (assigneeId === null || !taken.has(assigneeId)),
  );
}

const handOverKey = 'handover-emergency';

/** The first incident that has all a hand-over asks for; the contractor answers it as people do. */
async function handOver(desk: Desk): Promise<void> {
  const { rpc } = desk;
  for (const { id: incidentId } of await ownIncidents(desk)) {
    const { requests } = await rpc.calls.contractors({ incidentId });
    if (requests.length > 0) continue;
    const { unmet, missing } = await rpc.templates.about({ incidentId, key: handOverKey });
    if (unmet.length > 0 || missing !== null) continue;
    const { draft } = await rpc.drafts.begin({ incidentId, mode: 'reply', templateKey: handOverKey });
    await rpc.outbox.send({ draftId: draft.id, force: true });
    return;
  }
}

async function warnOfStorm(rpc: Rpc): Promise<void> {
  const { groups } = await rpc.ladders.groups({});
  const group = groups.find(({ name }) => name === capitalGroup.name);
  if (!group) return;
  await rpc.notifications.compose({
    groupIds: [group.id],
    urgency: 'urgent',
    title: 'Штормовое предупреждение',
    text: 'С 21:00 порывы до 24 м/с. Проверьте растяжки и запас топлива, на высоту не подниматься.',
    asks: true,
  });
}
