import { AppError } from '../../shared/errors.ts';
import type { AssetLinkFacts } from '../../shared/domain/journal-kinds.ts';
import type { Binding } from '../db/incident-asset-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { AssetsFound, FoundAsset } from './incident-desk.ts';
import { noticeFlood } from './notice-flood.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { clocksFollowPlace } from './recount-clock.ts';
import { saveDecision, saveIncident } from './save-incident.ts';

/** More codes than these make no queue clearer. */
const mostCodes = 5;
const certain = 100;

/** By a person, whatever was found or refused before. A station brings its pole. Throws `not-found`. */
export function bindAsset(
  parts: IncidentParts,
  { incidentId, assetId }: { readonly incidentId: number; readonly assetId: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    parts.assets.require(assetId);
    const by = { foundBy: 'hand', confidence: certain, evidence: undefined } as const;
    const undo = bind(parts, incident, [{ ...by, assetId }], actor, revision);
    return { undo };
  });
}

/** Also a suggestion nobody wants: it is not offered again. A pole that came with the station leaves with it. */
export function unbindAsset(
  parts: IncidentParts,
  { incidentId, assetId }: { readonly incidentId: number; readonly assetId: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    const binding = parts.incidentAssets.find(incidentId, assetId);
    if (!binding || binding.state === 'rejected') return { undo: null };
    const textBefore = codesText(parts, incidentId);
    const assets = [linkFacts(parts, binding)];
    parts.incidentAssets.save(incidentId, { ...binding, state: 'rejected' });
    const pole = binding.state === 'bound' ? lonelyPole(parts, incidentId, assetId) : undefined;
    if (pole) {
      assets.push(linkFacts(parts, pole));
      parts.incidentAssets.remove(incidentId, pole.assetId);
    }
    const to = incident.asset === textBefore ? codesText(parts, incidentId) : incident.asset;
    const undo = parts.journal.append({
      kind: 'incident.asset-unbound',
      subject: 'incident',
      subjectId: incidentId,
      actorId: actor,
      facts: { assets, text: { from: incident.asset, to } },
    });
    parts.db.touch('asset', incidentId);
    clocksFollowPlace(parts, incidentId);
    saveDecision(parts, { ...incident, asset: to }, revision);
    return { undo };
  });
}

/** What was read in a letter: sure finds are bound, the others offered. An incident that has assets keeps them. */
export function assetsFound(
  parts: IncidentParts,
  incidentId: number,
  { bind: sure, offer }: AssetsFound,
): void {
  parts.db.transact((revision) => {
    const known = new Map(parts.incidentAssets.all(incidentId).map((binding) => [binding.assetId, binding]));
    if ([...known.values()].some(({ state }) => state === 'bound')) return;
    const isNew = ({ assetId }: FoundAsset) => known.get(assetId)?.state !== 'rejected';
    const bound = sure.filter(isNew);
    if (bound.length > 0) bind(parts, parts.incidents.require(incidentId), bound, null, revision);
    const offered = offer.filter(({ assetId }) => !parts.incidentAssets.find(incidentId, assetId));
    if (offered.length === 0) return;
    for (const found of offered) {
      parts.incidentAssets.save(incidentId, { ...toBinding(found), state: 'suggested' });
    }
    parts.journal.append({
      kind: 'incident.asset-suggested',
      subject: 'incident',
      subjectId: incidentId,
      actorId: null,
      facts: {
        assets: offered.map(({ assetId }) => ({ assetId, code: parts.assets.require(assetId).code })),
      },
    });
    parts.db.touch('asset', incidentId);
    saveIncident(parts, parts.incidents.require(incidentId), revision);
  });
}

/** Undo of both: what each asset was before. Throws `conflict` (reason `changed-since`). */
export function takeBackAssets(
  parts: IncidentParts,
  incident: IncidentRecord,
  { assets, text, wasBound }: AssetLinkFacts & { readonly wasBound: boolean },
  actor: Actor,
  revision: number,
): void {
  const undone: AssetLinkFacts['assets'][number][] = [];
  for (const { assetId, code, before } of assets) {
    const current = parts.incidentAssets.find(incident.id, assetId);
    if ((current?.state === 'bound') !== wasBound) {
      throw new AppError('conflict', { details: { reason: 'changed-since' } });
    }
    undone.push(current ? linkFacts(parts, current) : { assetId, code, before: null });
    if (before) parts.incidentAssets.save(incident.id, { ...before, assetId });
    else parts.incidentAssets.remove(incident.id, assetId);
  }
  parts.db.touch('asset', incident.id);
  clocksFollowPlace(parts, incident.id);
  const asset = incident.asset === text.to ? text.from : incident.asset;
  const facts = { assets: undone, text: { from: incident.asset, to: asset } };
  const entry = { subject: 'incident', subjectId: incident.id, actorId: actor } as const;
  if (wasBound) parts.journal.append({ ...entry, kind: 'incident.asset-unbound', facts });
  else parts.journal.append({ ...entry, kind: 'incident.asset-bound', facts: { ...facts, by: 'hand' } });
  saveDecision(parts, { ...incident, asset }, revision);
}

function bind(
  parts: IncidentParts,
  incident: IncidentRecord,
  found: readonly FoundAsset[],
  actor: Actor,
  revision: number,
): number | null {
  const { id } = incident;
  const textBefore = codesText(parts, id);
  const wanted = [...found, ...polesOf(parts, found)];
  const assets: AssetLinkFacts['assets'][number][] = [];
  for (const candidate of wanted) {
    const before = parts.incidentAssets.find(id, candidate.assetId);
    if (before?.state === 'bound') continue;
    const { code } = parts.assets.require(candidate.assetId);
    const { assetId: _, ...rest } = before ?? { assetId: 0 };
    assets.push({
      assetId: candidate.assetId,
      code,
      before: before ? (rest as Omit<Binding, 'assetId'>) : null,
    });
    const kept = candidate.foundBy === 'hand' && before ? { evidence: before.evidence } : {};
    parts.incidentAssets.save(id, { ...toBinding(candidate), ...kept, state: 'bound' });
  }
  if (assets.length === 0) return null;
  const isOurs = incident.asset === '' || incident.asset === textBefore;
  // A person's choice is newer than whatever was typed; a machine's find is not.
  const to = actor !== null || isOurs ? codesText(parts, id) : incident.asset;
  const [first] = found;
  const sequence = parts.journal.append({
    kind: 'incident.asset-bound',
    subject: 'incident',
    subjectId: id,
    actorId: actor,
    facts: { assets, by: first?.foundBy ?? 'hand', text: { from: incident.asset, to } },
  });
  parts.db.touch('asset', id);
  clocksFollowPlace(parts, id);
  const next = { ...incident, asset: to };
  if (actor === null) saveIncident(parts, next, revision);
  else saveDecision(parts, next, revision);
  noticeFlood(parts, id, revision);
  return sequence;
}

/** Poles of the stations that are not among them already. */
function polesOf(parts: IncidentParts, found: readonly FoundAsset[]): FoundAsset[] {
  const given = new Set(found.map(({ assetId }) => assetId));
  const poles = found.flatMap(({ assetId }) => parts.assets.require(assetId).parentId ?? []);
  return [...new Set(poles)]
    .filter((assetId) => !given.has(assetId))
    .map((assetId) => ({ assetId, foundBy: 'parent', confidence: certain, evidence: undefined }));
}

/** The pole that only this station brought. */
function lonelyPole(parts: IncidentParts, incidentId: number, assetId: number): Binding | undefined {
  const { parentId } = parts.assets.require(assetId);
  if (parentId === null) return undefined;
  const pole = parts.incidentAssets.find(incidentId, parentId);
  if (pole?.state !== 'bound' || pole.foundBy !== 'parent') return undefined;
  const isNeeded = parts.incidentAssets
    .all(incidentId)
    .some((other) => other.state === 'bound' && parts.assets.require(other.assetId).parentId === parentId);
  return isNeeded ? undefined : pole;
}

function codesText(parts: IncidentParts, incidentId: number): string {
  const codes = parts.incidentAssets.codes(incidentId);
  const shown = codes.slice(0, mostCodes).join(' · ');
  return codes.length > mostCodes ? `${shown} …` : shown;
}

function linkFacts(parts: IncidentParts, { assetId, ...before }: Binding): AssetLinkFacts['assets'][number] {
  return { assetId, code: parts.assets.require(assetId).code, before };
}

function toBinding({ assetId, foundBy, confidence, evidence }: FoundAsset): Omit<Binding, 'state'> {
  return { assetId, foundBy, confidence, evidence: JSON.stringify(evidence ?? {}) };
}
