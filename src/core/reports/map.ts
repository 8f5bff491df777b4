import type { MapIncident } from '../../shared/contract/reports.ts';
import { assetKinds } from '../../shared/domain/asset-kinds.ts';
import { mapPointBytes } from '../../shared/domain/map-points.ts';
import type { MapIncidentRow, MapStore } from '../db/map-store.ts';
import type { Clock } from '../platform/clock.ts';

/** More open incidents than a map can be read with; the queue shows them all. */
const mostIncidents = 5000;
const slice = 5000;

export function mapIncidents(store: MapStore, now: number): { incidents: MapIncident[]; unplaced: number } {
  const rows = store.incidents(mostIncidents);
  const incidents = rows.flatMap((row) => {
    const { latitude, longitude } = row;
    if (latitude === null || longitude === null) return [];
    const { id, code, title, assetId, dueAt } = row;
    const position: [number, number] = [longitude, latitude];
    return [{ id, code, title, assetId, dueAt, position, state: stateOf(row, now) }];
  });
  return { incidents, unplaced: rows.length - incidents.length };
}

function stateOf({ riskAt, dueAt, pausedAt }: MapIncidentRow, now: number): MapIncident['state'] {
  if (pausedAt !== null) return 'paused';
  if (dueAt !== null && dueAt < now) return 'overdue';
  return riskAt !== null && riskAt <= now ? 'risk' : 'calm';
}

/** 130,000 places as JSON would not fit into a frame: thirteen bytes each, as shared/domain/map-points.ts reads them. */
export async function mapPoints(store: MapStore, clock: Clock): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let after = 0; ;) {
    const rows = store.assets(after, slice);
    const piece = new DataView(new ArrayBuffer(rows.length * mapPointBytes));
    for (const [index, { id, kind, latitude, longitude }] of rows.entries()) {
      const at = index * mapPointBytes;
      piece.setUint32(at, id, true);
      piece.setFloat32(at + 4, longitude, true);
      piece.setFloat32(at + 8, latitude, true);
      piece.setUint8(at + 12, assetKinds.indexOf(kind));
    }
    pieces.push(new Uint8Array(piece.buffer));
    if (rows.length < slice) return Buffer.concat(pieces);
    after = rows.at(-1)?.id ?? after;
    await clock.sleep(0);
  }
}
