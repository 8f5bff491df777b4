import type { IncidentParts } from '../incidents/parts.ts';

/** What one incident is about may be what another is about: offered there, never bound. Returns what was new. */
export function offerAssets(parts: IncidentParts, fromId: number, toId: number): number[] {
  const offered: number[] = [];
  for (const binding of parts.incidentAssets.all(fromId)) {
    if (binding.state !== 'bound' || parts.incidentAssets.find(toId, binding.assetId)) continue;
    parts.incidentAssets.save(toId, { ...binding, state: 'suggested' });
    offered.push(binding.assetId);
  }
  if (offered.length === 0) return offered;
  parts.journal.append({
    kind: 'incident.asset-suggested',
    subject: 'incident',
    subjectId: toId,
    actorId: null,
    facts: { assets: offered.map((assetId) => ({ assetId, code: parts.assets.require(assetId).code })) },
  });
  parts.db.touch('asset', toId);
  return offered;
}

/** Taken apart again: what nobody accepted meanwhile is no suggestion any more. */
export function withdrawAssets(parts: IncidentParts, incidentId: number, assetIds: readonly number[]): void {
  for (const assetId of assetIds) {
    if (parts.incidentAssets.find(incidentId, assetId)?.state === 'suggested') {
      parts.incidentAssets.remove(incidentId, assetId);
    }
  }
  if (assetIds.length > 0) parts.db.touch('asset', incidentId);
}
