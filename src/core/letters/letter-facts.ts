import type { LetterFact } from '../../shared/contract/templates.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { LetterAsset } from '../db/letter-fact-store.ts';
import { autoCloseAtFor } from '../incidents/auto-close.ts';
import { workDueAt } from './letter-works.ts';
import type { LetterParts } from './parts.ts';

/** What a template may mention about this incident, in the order the editor offers it; unknown ones are empty. */
export function factsOf(
  parts: LetterParts,
  incident: IncidentRecord,
  personId: number | null,
): readonly LetterFact[] {
  const assets = parts.letterFacts.assets(incident.id);
  const zone = zoneOf(parts, assets);
  const time = (at: number | null) => (at === null ? '' : timeText(at, zone));
  const clocks = parts.letterFacts.clocks(incident.id);
  const own = parts.clocks.ofIncident(incident.id)?.dueAt ?? null;
  const sorting = parts.letterFacts.sorting(incident.id);
  const values: Readonly<Record<string, string>> = {
    code: incident.code,
    title: incident.title,
    description: incident.description,
    registeredAt: time(incident.registeredAt),
    type: incident.typeId === null ? '' : parts.reference.type(incident.typeId).name,
    subtype: sorting.subtype,
    categories: sorting.categories,
    priority: incident.priority === 'high' ? 'высокий' : '',
    repairPriority: sorting.repairPriority,
    status: parts.reference.status(incident.statusId).name,
    dueAt: time(own),
    autoCloseAt: time(autoCloseAtFor(parts, incident)),
    ...assetFacts(incident, assets),
    applicant: incident.applicantName === '' ? incident.applicantAddress : incident.applicantName,
    applicantPhone: incident.applicantPhone,
    dispatcher: personId === null ? '' : parts.people.require(personId).name,
    shiftPhone: parts.letterSettings().shiftPhone,
    now: time(parts.clock.now()),
  };
  return [
    ...Object.entries(values).map(([key, value]) => ({ key, label: null, value })),
    ...clocks
      .filter(({ key }) => key !== 'sla')
      .map((clock) => ({
        key: `dueAt_${clock.key}`,
        label: clock.name,
        value: time(workDueAt(parts, incident, clock)),
      })),
  ];
}

/** In the words of the place it happened in: hours there, and whose hours they are. */
export function timeText(at: number, zone: string): string {
  const fields = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  const name = (timeZoneName: 'shortGeneric' | 'shortOffset') =>
    new Intl.DateTimeFormat('ru', { timeZone: zone, timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  const city = name('shortGeneric');
  const offset = name('shortOffset').replace('GMT', 'UTC');
  const named = city.startsWith('GMT') || city === offset ? offset : `${city}, ${offset}`;
  return `${new Intl.DateTimeFormat('ru', fields).format(at)} (${named})`;
}

export function zoneOf(parts: LetterParts, assets: readonly LetterAsset[]): string {
  return assets.find(({ zone }) => zone !== '')?.zone ?? parts.zone();
}

function assetFacts(incident: IncidentRecord, assets: readonly LetterAsset[]) {
  const [first] = assets;
  const stations = assets.filter(({ kind }) => kind === 'station');
  const located = assets.find(({ latitude }) => latitude !== null) ?? incident;
  const address = first?.address ?? '';
  const region = assets.find((asset) => asset.region !== '')?.region ?? '';
  const contracted = assets.find(({ contractor }) => contractor !== '');
  const { latitude, longitude } = located;
  return {
    asset: assets.length === 0 ? incident.asset : assets.map(({ code }) => code).join(', '),
    address,
    region,
    place: address === '' ? region : address,
    coordinates: latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`,
    station: stations.map(({ code }) => code).join(', '),
    operator: [...new Set(assets.flatMap(({ operators }) => operators))].join(', '),
    contractor: contracted?.contractor ?? '',
    contractorPhone: contracted?.contractorPhone ?? '',
    manager: first?.manager ?? '',
  };
}
