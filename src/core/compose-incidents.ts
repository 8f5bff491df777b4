import type { HandOverHooks, LetterParts } from './letters/parts.ts';
import type { Stores } from './compose-stores.ts';
import type { Db } from './db/open.ts';
import { createCalendars } from './incidents/calendars.ts';
import { createJournal } from './journal/journal.ts';
import { toAccount } from './mail/accounts.ts';
import type { Clock } from './platform/clock.ts';
import type { Random } from './platform/random.ts';
import { createSettings, workstationId } from './settings/desk-settings.ts';

type Parts = { readonly db: Db; readonly clock: Clock; readonly random: Random };

/** What follows in rooms that are made after this one. */
type Late = {
  handOvers?: HandOverHooks;
  onAlarmsAnswered?: NonNullable<LetterParts['onAlarmsAnswered']>;
};

/** Incidents and what belongs to them, over the stores. */
export function composeIncidents({ db, clock, random }: Parts, stores: Stores) {
  const workstation = workstationId({ db, store: stores.settings, clock }, random);
  const journal = createJournal({ db, clock, random, workstation });
  const settings = createSettings({ db, store: stores.settings, incidents: stores.incidents, journal });
  const late: Late = {};
  const desk: LetterParts = {
    db,
    clock,
    random,
    journal,
    incidents: stores.incidents,
    clocks: stores.clocks,
    alarms: stores.alarms,
    assets: stores.assets,
    incidentAssets: stores.incidentAssets,
    links: stores.links,
    floods: stores.floods,
    floodLimits: () => ({ count: settings.get().floodCount, minutes: settings.get().floodMinutes }),
    life: stores.life,
    reminders: stores.reminders,
    autoCloseMinutes: () => settings.get().autoCloseMinutes,
    people: stores.people,
    notes: stores.notes,
    personal: stores.personal,
    reference: stores.reference,
    clockRules: stores.clockRules,
    calendars: createCalendars({ store: stores.calendars, zone: () => settings.get().zone }),
    clockZone: (incidentId) => stores.calendars.zoneOfIncident(incidentId) ?? settings.get().zone,
    codePrefix: () => settings.get().codePrefix,
    foreignPrefixes: () => settings.get().foreignPrefixes,
    onAlarmsAnswered: (incidentId, actor, revision) => late.onAlarmsAnswered?.(incidentId, actor, revision),
    index: (incident) => stores.search.indexIncident(incident.id, incident),
    drafts: stores.drafts,
    outbox: stores.outbox,
    messages: stores.messages,
    views: stores.views,
    conversations: stores.conversations,
    letterFacts: stores.letterFacts,
    automaticLetters: stores.automaticLetters,
    letterSettings: settings.get,
    chatLinks: stores.chatLinks,
    accounts: () => stores.accounts.list().map(toAccount),
    undoSeconds: () => settings.get().undoSeconds,
    zone: () => settings.get().zone,
    indexLetter: ({ messageId, isAgain, ...words }) => stores.search.indexMessage(messageId, words, isAgain),
    handOvers: () => late.handOvers,
    rememberAddresses: (addresses, at) => {
      for (const address of addresses) stores.addresses.remember(address, at);
    },
  };
  return { desk, settings, late };
}
