import { createCallDesk } from './calls/call-desk.ts';
import { callAnswered, callLadderEnded, callMoved } from './calls/call-answers.ts';
import type { CallParts, Reach } from './calls/call-parts.ts';
import { createCallSettings } from './calls/call-settings.ts';
import { createCallWatch } from './calls/call-watch.ts';
import {
  contractorAnswered,
  contractorWrote,
  incidentHandedOver,
  takeBackContractor,
} from './calls/contractor-answers.ts';
import {
  askInLetter,
  contractorAsked,
  contractorLetterLeft,
  contractorLetterTakenBack,
} from './calls/contractor-requests.ts';
import { takeBackMark } from './calls/handle-call.ts';
import type { Stores } from './compose-stores.ts';
import { acknowledgeAlarms } from './incidents/alarms.ts';
import type { Escalated } from './incidents/escalation.ts';
import type { IncidentParts } from './incidents/parts.ts';
import { alarmWords } from './keeping/alarm-duty.ts';
import type { HandOverHooks } from './letters/parts.ts';
import { acknowledge } from './notify/acknowledge.ts';
import { findAnswerCodes, makeAnswerCode, readAnswerWords, saidCodes } from './notify/answer-words.ts';
import { cancelNotification } from './notify/cancel-notification.ts';
import { ownWords } from './notify/channels/email/own-words.ts';
import { notify } from './notify/notify.ts';
import type { NotifyEffects, NotifyParts } from './notify/parts.ts';
import { pageLeads, pagesAnswered } from './notify/page-leads.ts';
import { acknowledgeReachAlarms, raiseReachAlarm } from './notify/reach-alarms.ts';
import type { Logger } from './platform/logger.ts';
import type { CallUndo } from './undo/calls.ts';

type Parts = {
  readonly desk: IncidentParts;
  readonly stores: Stores;
  readonly notify: NotifyParts;
  readonly log: Logger;
};

/** Calls to technicians and what contractors say to hand-overs, over the ladders that reach both. */
export function composeCalls({ desk, stores, notify: reaching, log }: Parts) {
  const { db, journal, random } = desk;
  const parts: CallParts = {
    ...desk,
    calls: stores.calls,
    turns: stores.callTurns,
    callViews: stores.callViews,
    contractors: stores.contractorRequests,
    contacts: stores.contacts,
    technicians: stores.technicians,
    onCall: stores.onCall,
    callSettings: createCallSettings({ db, store: stores.settings, journal }),
    reach: reachBy(reaching),
    readAnswer(text) {
      const own = ownWords(text);
      return {
        verb: readAnswerWords(own).verb,
        own: saidCodes(own),
        codes: findAnswerCodes(text),
      };
    },
    makeCode: () => makeAnswerCode((count) => random.bytes(count)),
  };
  return {
    parts,
    calls: createCallDesk(parts),
    services: [createCallWatch(parts, log)],
    effects: effectsOf(parts, reaching),
    handOvers: handOversOf(parts),
    paging: pagingOf(parts, reaching),
    undo: undoOf(parts),
  };
}

function reachBy(parts: NotifyParts): Reach {
  return {
    notify: ({ only, ...input }, revision) =>
      notify(parts, { ...input, passesOn: input.kind === 'handover', only: only ?? undefined }, revision),
    cancel: (id, revision) => void cancelNotification(parts, id, revision),
    acknowledge: (id, { actor, by }, revision) =>
      void acknowledge(
        parts,
        id,
        { by: by === 'time' ? 'hand' : by, at: parts.clock.now(), personId: actor },
        revision,
      ),
    state: (id) => parts.notifications.find(id),
    raise: ({ kind, ...about }, revision) => raiseReachAlarm(parts, kind, about, revision),
    hush: (callId, actor) => acknowledgeReachAlarms(parts, parts.reachAlarms.soundingOfCall(callId), actor),
  };
}

function effectsOf(parts: CallParts, { notifications }: NotifyParts): NotifyEffects {
  return {
    answered(notification, answer, revision) {
      const who = answer.party ?? notification.party;
      if (notification.kind === 'handover') {
        const asked = notifications
          .ofChain(notification.chain)
          .map(({ id }) => parts.contractors.ofNotification(id))
          .find((request) => request !== undefined);
        const mover = { actor: null, by: answer.channel } as const;
        return asked ? contractorAnswered(parts, asked, answer.verb, mover, revision) : null;
      }
      if (notification.kind === 'alarm') {
        const { incidentId } = notification;
        const isRefusal = answer.verb === null || answer.verb === 'cannot';
        if (incidentId === null || isRefusal || who?.kind !== 'person') return null;
        acknowledgeAlarms(parts, incidentId, who.id, revision);
        return null;
      }
      const callId = answer.callId ?? notification.callId;
      if (callId === null) return null;
      const { latitude, longitude, channel, verb, text, at } = answer;
      const place = latitude === null || longitude === null ? null : { latitude, longitude };
      const contactId = who?.kind === 'contact' ? who.id : null;
      return callAnswered(parts, { callId, contactId, channel, verb, text, at, place }, revision);
    },
    moved: (callId, place) => callMoved(parts, callId, place),
    ended({ id, kind, state }, revision) {
      if (kind === 'call' && state === 'not-reached') callLadderEnded(parts, id, revision);
    },
  };
}

/** What nobody acknowledges at the desk reaches its lead wherever they are. */
function pagingOf(parts: CallParts, reaching: NotifyParts) {
  return {
    escalated({ incident, alarm, minutes, personIds }: Escalated, revision: number) {
      const { pagesLead } = parts.callSettings.get();
      if (pagesLead === 'never' || (pagesLead === 'high' && incident.priority !== 'high')) return;
      pageLeads(reaching, { incident, what: alarmWords[alarm], minutes, personIds }, revision);
    },
    answered: (incidentId: number, actor: number | null, revision: number) =>
      pagesAnswered(reaching, incidentId, actor, revision),
  };
}

function undoOf(parts: CallParts): CallUndo {
  return {
    mark: (facts, actor, revision) => takeBackMark(parts, facts, actor, revision),
    contractor: (facts, actor, revision) => takeBackContractor(parts, facts, actor, revision),
  };
}

function handOversOf(parts: CallParts): HandOverHooks {
  return {
    ask: (body) => askInLetter(parts, body),
    written: (letter, revision) => contractorAsked(parts, letter, revision),
    left: (messageId, revision) => contractorLetterLeft(parts, messageId, revision),
    takenBack: (messageId, revision) => contractorLetterTakenBack(parts, messageId, revision),
    answered: (letter, text, from) => contractorWrote(parts, letter, text, from),
    incidentOf: (letter) => incidentHandedOver(parts, letter),
  };
}
