import { assetsFound } from './bind-assets.ts';
import type { IncidentDesk } from './incident-desk.ts';
import { letterJoined } from './letter-joined.ts';
import { livingIncident } from './living-incident.ts';
import { openFromLetter, registerEarlier } from './open-incident.ts';
import type { IncidentParts } from './parts.ts';

/** The door through which intake reaches incidents. */
export function createIncidentDesk(parts: IncidentParts): IncidentDesk {
  return {
    openFromLetter: (input) => openFromLetter(parts, input),
    letterJoined: (letter) => letterJoined(parts, letter),
    registerEarlier: (input) => registerEarlier(parts, input),
    hasAssets: (incidentId) => parts.incidentAssets.all(incidentId).some(({ state }) => state === 'bound'),
    assetsFound: (incidentId, found) => assetsFound(parts, incidentId, found),
    findByNumber(number) {
      const named = parts.incidents.findByNumber(number);
      if (!named) return undefined;
      const incident = livingIncident(parts.incidents, named.id);
      const dismissed = incident.dismissedAt !== null;
      return { id: incident.id, open: incident.finishedAt === null && !dismissed, dismissed };
    },
    numberSeen(number) {
      if (number <= parts.incidents.numberCeiling()) parts.incidents.raiseNumber(number);
    },
    isOpen(incidentId) {
      const incident = parts.incidents.require(incidentId);
      return incident.finishedAt === null && incident.dismissedAt === null;
    },
    code: (incidentId) => parts.incidents.require(incidentId).code,
    codePrefix: parts.codePrefix,
    foreignPrefixes: parts.foreignPrefixes,
  };
}
