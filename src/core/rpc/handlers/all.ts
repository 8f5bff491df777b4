import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';
import { accountHandlers } from './accounts.ts';
import { assetHandlers } from './assets.ts';
import { chatHandlers } from './chats.ts';
import { incidentHandlers } from './incidents.ts';
import { letterHandlers } from './letters.ts';
import { peopleHandlers } from './people.ts';
import { settingHandlers } from './settings.ts';
import { shellHandlers } from './shell.ts';
import { telegramHandlers } from './telegram.ts';
import { clocksHandlers } from './clocks.ts';
import { workflowHandlers } from './workflow.ts';
import { linksHandlers } from './links.ts';
import { bulkHandlers } from './bulk.ts';
import { dossierHandlers } from './dossier.ts';
import { notesHandlers } from './notes.ts';
import { undoHandlers } from './undo.ts';
import { shiftHandlers } from './shift.ts';
import { reportsHandlers } from './reports.ts';
import { keepingHandlers } from './keeping.ts';
import { oauthHandlers } from './oauth.ts';
import { templateHandlers } from './templates.ts';
import { techniciansHandlers } from './technicians.ts';
import { callsHandlers } from './calls.ts';
import { notificationsHandlers } from './notifications.ts';
import { laddersHandlers } from './ladders.ts';
import { routesHandlers } from './routes.ts';
import { bindingsHandlers } from './bindings.ts';
import { reachAlarmsHandlers } from './reach-alarms.ts';

export function allHandlers(parts: DeskParts): Handlers<PultContract, Context> {
  return {
    ...accountHandlers(parts),
    ...assetHandlers(parts),
    ...chatHandlers(parts),
    ...incidentHandlers(parts),
    ...letterHandlers(parts),
    ...peopleHandlers(parts),
    ...settingHandlers(parts),
    ...shellHandlers(parts),
    ...telegramHandlers(parts),
    ...clocksHandlers(parts),
    ...workflowHandlers(parts),
    ...linksHandlers(parts),
    ...notesHandlers(parts),
    ...bulkHandlers(parts),
    ...dossierHandlers(parts),
    ...undoHandlers(parts),
    ...shiftHandlers(parts),
    ...reportsHandlers(parts),
    ...keepingHandlers(parts),
    ...oauthHandlers(parts),
    ...templateHandlers(parts),
    ...techniciansHandlers(parts),
    ...callsHandlers(parts),
    ...notificationsHandlers(parts),
    ...laddersHandlers(parts),
    ...routesHandlers(parts),
    ...bindingsHandlers(parts),
    ...reachAlarmsHandlers(parts),
  };
}
