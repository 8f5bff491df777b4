import type { LetterAbout, Template } from '../../shared/contract/templates.ts';
import type { Requirement } from '../../shared/domain/letter-parties.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { addressesFor } from './letter-addresses.ts';
import { leadsTo } from './letter-effect.ts';
import type { LetterParts } from './parts.ts';

/** What the writer of a template letter should know while it is written. */
export function aboutLetter(parts: LetterParts, incidentId: number, key: string): LetterAbout {
  const incident = parts.incidents.require(incidentId);
  const template = parts.reference.template(key);
  const { origins, missing, threads } = addressesFor(parts, incident, template);
  const { afterStatusId: after } = template;
  return {
    origins: [...origins],
    missing,
    unmet: unmetOf(parts, incident, template),
    statusStays: after !== null && after !== incident.statusId && !leadsTo(parts, incident.statusId, after),
    threads: threads.map(({ party, addresses }) => ({ party, addresses: [...addresses] })),
  };
}

/** What the template asks for and the incident has not. */
function unmetOf(parts: LetterParts, incident: IncidentRecord, template: Template): Requirement[] {
  const type = incident.typeId === null ? undefined : parts.reference.type(incident.typeId);
  const met: Readonly<Record<Requirement, () => boolean>> = {
    asset: () => parts.letterFacts.assets(incident.id).length > 0,
    category: () => hasCategory(parts, incident, template.beginsWork),
    type: () => type !== undefined,
    'type-sla': () => type !== undefined && type.slaMinutes !== null,
    'repair-priority': () => incident.repairPriorityId !== null,
  };
  return template.requires.filter((requirement) => !met[requirement]());
}

/** Throws `conflict` (reason `letter-not-ready`). */
export function refuseUnready(
  parts: LetterParts,
  incidentId: number | null,
  template: Template | undefined,
): void {
  if (!template || incidentId === null) return;
  const unmet = unmetOf(parts, parts.incidents.require(incidentId), template);
  if (unmet.length > 0)
    throw new AppError('conflict', { details: { reason: 'letter-not-ready', unmet: unmet.join(',') } });
}

/** The category of the work that is handed over; any will do for a letter that begins none. */
function hasCategory(parts: LetterParts, incident: IncidentRecord, work: string): boolean {
  const chosen = parts.incidents.categories(incident.id);
  const wanted = parts.letterFacts.clocks(incident.id).find(({ key }) => key === work)?.categoryId ?? null;
  return wanted === null ? chosen.length > 0 : chosen.includes(wanted);
}
