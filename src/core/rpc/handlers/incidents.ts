import type { JournalView } from '../../../shared/contract/incidents.ts';
import { queueFilter } from '../../../shared/contract/incidents.ts';
import type { PultContract } from '../../../shared/contract/index.ts';
import { undoableKinds } from '../../../shared/domain/undoable-kinds.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { queueFragment } from '../../db/incident-query.ts';
import type { JournalRow } from '../../db/journal-store.ts';
import { acknowledge, acknowledgeAll } from '../../incidents/alarms.ts';
import { assign, dismiss, edit, pause, resume, setStatus, setType } from '../../incidents/change-incident.ts';
import { createOpenCall } from '../../intake/open-call.ts';
import { markRead } from '../../incidents/reading.ts';
import { undo } from '../../incidents/undo.ts';
import { toRefusal } from '../../bulk/bulk.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'incidents' | 'alarms' | 'search'>;

export function incidentHandlers(parts: DeskParts): Groups {
  const { desk, query, search } = parts;
  const openCall = createOpenCall(desk);
  return {
    incidents: {
      queue: ({ filter, sort, offset, limit, unfolded }, context) => ({
        ...query.page({
          filter,
          unfolded,
          sort,
          offset,
          limit,
          now: desk.clock.now(),
          personId: actorOf(context),
        }),
        revision: desk.db.revision(),
      }),
      rows: ({ ids }, context) => ({
        rows: query.rows(ids, actorOf(context)),
        revision: desk.db.revision(),
      }),
      counts: ({ personId }) => query.counts(personId, desk.clock.now()),
      card: ({ id }, context) => card(parts, id, actorOf(context)),
      timeline: ({ id, before, limit }) => timeline(parts, id, before, limit),
      history: ({ id }) => ({ entries: desk.journal.ofSubject('incident', id).map(toJournalView) }),
      open: (input, context) => openCall(input, actorOf(context)),
      setStatus: (input, context) => setStatus(desk, input, actorOf(context)),
      setType: (input, context) => setType(desk, input, actorOf(context)),
      assign: (input, context) => assign(desk, input, actorOf(context)),
      edit: (input, context) => edit(desk, input, actorOf(context)),
      pauseClock: (input, context) => pause(desk, input, actorOf(context)),
      resumeClock: (input, context) => resume(desk, input, actorOf(context)),
      dismiss({ rule, ...input }, context) {
        const actor = actorOf(context);
        // A rule that stays though its incident was refused would swallow letters nobody decided about.
        return desk.db.transact(() => {
          const ruleId = rule === null ? null : parts.rules.add({ ...rule, active: true }, actor);
          return dismiss(desk, { ...input, ruleId }, actor);
        });
      },
      markRead({ id }, context) {
        markRead(desk, id, actorOf(context));
        return {};
      },
      acknowledge({ ids }, context) {
        acknowledge(desk, ids, actorOf(context));
        return {};
      },
      acknowledgeAll: (_input, context) => ({ count: acknowledgeAll(desk, actorOf(context)) }),
      moveMessage: ({ messageId, incidentId }, context) =>
        parts.moveLetter({ messageId, incidentId, why: 'hand', actor: actorOf(context) }),
      undo({ sequence }, context) {
        const undone = undo(parts.undoParts, sequence, actorOf(context));
        return {
          undo: undone.undo,
          refused: undone.refused.map(({ id, error }) => toRefusal(desk, id, error)),
        };
      },
    },
    alarms: { sounding: (_input, context) => ({ alarms: desk.alarms.sounding(actorOf(context)) }) },
    search: {
      find({ text, filter, limit }, context) {
        const narrowed = Object.keys(filter).length > 0;
        const condition = narrowed
          ? queueFragment(queueFilter.parse({ scope: 'all', ...filter }), desk.clock.now(), actorOf(context))
          : undefined;
        return { hits: search.find({ text, condition, limit }) };
      },
    },
  };
}

function card({ desk, query }: DeskParts, id: number, personId: number) {
  const incident = desk.incidents.require(id);
  const [row] = query.rows([id], personId);
  if (!row) throw new Error(`Incident ${id} has no row`);
  const { description, applicantName, applicantAddress, applicantPhone, accountId, latitude, longitude } =
    incident;
  return {
    row,
    description,
    applicantName,
    applicantAddress,
    applicantPhone,
    coordinates: latitude === null || longitude === null ? null : { latitude, longitude },
    accountId,
    categoryIds: desk.incidents.categories(id),
    nextStatusIds: desk.reference.status(incident.statusId).nextIds,
  };
}

/** Letters page backwards; the journal of the same span goes with them, so that both stand in one line of time. */
function timeline({ desk }: DeskParts, id: number, before: number | null, limit: number) {
  const letters = desk.views.timeline(id, before, limit);
  const more = letters.length >= limit;
  const from = more ? (letters[0]?.receivedAt ?? 0) : 0;
  const events = desk.journal.between('incident', id, { from, before }).map(toJournalView);
  const entries = [...letters, ...events].toSorted((a, b) => timeOf(a) - timeOf(b));
  return { entries, more };
}

function timeOf(entry: { readonly at: number } | { readonly receivedAt: number }): number {
  return 'at' in entry ? entry.at : entry.receivedAt;
}

function toJournalView(row: JournalRow): JournalView {
  return {
    kind: 'event',
    sequence: row.sequence,
    at: row.at,
    actorId: row.actorId,
    event: row.kind,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    undoable: undoableKinds.has(row.kind),
  };
}
