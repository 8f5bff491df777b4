import { assetsContract } from './assets.ts';
import { chatsContract, directoryContract } from './chats.ts';
import { alarmsContract, incidentsContract, searchContract } from './incidents.ts';
import { accountsContract, draftsContract, outboxContract, quarantineContract } from './letters.ts';
import { feedContract, peopleContract, sessionContract, shellContract } from './session.ts';
import {
  referenceContract,
  rulesContract,
  settingsContract,
  setupContract,
  viewsContract,
} from './settings.ts';
import { telegramContract } from './telegram.ts';
import { trainingContract } from './training.ts';
import { clocksContract } from './clocks.ts';
import { workflowContract } from './workflow.ts';
import { linksContract } from './links.ts';
import { bulkContract, undoContract } from './bulk.ts';
import { dossierContract } from './dossier.ts';
import { notesContract, personalContract } from './notes.ts';
import { shiftContract } from './shift.ts';
import { reportsContract } from './reports.ts';
import { keepingContract } from './keeping.ts';
import { oauthContract } from './oauth.ts';
import { templatesContract } from './templates.ts';
import { techniciansContract } from './technicians.ts';
import { callsContract } from './calls.ts';
import { notificationsContract } from './notifications.ts';
import { laddersContract } from './ladders.ts';
import { routesContract } from './routes.ts';
import { bindingsContract } from './bindings.ts';
import { reachAlarmsContract } from './reach-alarms.ts';

/** Everything the page and core say to each other; the only barrel in the repository. */
export const contract = {
  shell: shellContract,
  session: sessionContract,
  setup: setupContract,
  feed: feedContract,
  incidents: incidentsContract,
  alarms: alarmsContract,
  search: searchContract,
  drafts: draftsContract,
  outbox: outboxContract,
  quarantine: quarantineContract,
  accounts: accountsContract,
  people: peopleContract,
  reference: referenceContract,
  views: viewsContract,
  rules: rulesContract,
  settings: settingsContract,
  telegram: telegramContract,
  assets: assetsContract,
  chats: chatsContract,
  directory: directoryContract,
  training: trainingContract,
  clocks: clocksContract,
  workflow: workflowContract,
  links: linksContract,
  notes: notesContract,
  personal: personalContract,
  bulk: bulkContract,
  undo: undoContract,
  dossier: dossierContract,
  shift: shiftContract,
  reports: reportsContract,
  keeping: keepingContract,
  oauth: oauthContract,
  templates: templatesContract,
  technicians: techniciansContract,
  calls: callsContract,
  notifications: notificationsContract,
  ladders: laddersContract,
  routes: routesContract,
  bindings: bindingsContract,
  reachAlarms: reachAlarmsContract,
} as const;

export type PultContract = typeof contract;
