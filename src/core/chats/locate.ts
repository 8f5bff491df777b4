import type { ChatFileRecord, ChatMessageRecord } from '../db/chat-records.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { ChatParts } from './parts.ts';
import { readGps, toPoint, type Point } from './read-gps.ts';

/** About fifty metres: a live place that trembles is no news. */
const sameDegrees = 0.0005;
const pictures = new Set(['image/jpeg', 'image/heic', 'image/heif', 'image/png', 'image/webp', 'image/tiff']);

type Found = { readonly messageId: number; readonly by: 'place' | 'photo'; readonly point: Point };

/** A place that was said: the latest is where it is. */
export function placeOfMessage(
  parts: ChatParts,
  incidentId: number,
  { extra, messageId }: Pick<ChatMessageRecord, 'extra' | 'messageId'>,
  revision: number,
): void {
  if (extra?.kind !== 'location' || messageId === null) return;
  const point = toPoint(extra.latitude, extra.longitude);
  if (point) locate(parts, incidentId, { messageId, by: 'place', point }, revision);
}

/** Where a photo was taken, when nobody has said the place: the picture may be of the way there. */
export function placeOfFile(
  parts: ChatParts,
  { messageId, incidentId, file }: { messageId: number; incidentId: number; file: ChatFileRecord },
  revision: number,
): void {
  if (file.sha256 === null || (file.kind !== 'photo' && file.kind !== 'document')) return;
  if (!pictures.has(file.mimeType) || parts.incidents.require(incidentId).latitude !== null) return;
  const point = readGps(parts.attachmentFile(file.sha256));
  if (point) locate(parts, incidentId, { messageId, by: 'photo', point }, revision);
}

function locate(
  parts: ChatParts,
  incidentId: number,
  { messageId, by, point }: Found,
  revision: number,
): void {
  const incident = parts.incidents.require(incidentId);
  const { latitude, longitude } = incident;
  const from = latitude === null || longitude === null ? null : { latitude, longitude };
  if (from && isSame(from, point)) return;
  parts.journal.append({
    kind: 'incident.located',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: { messageId, by, ...point, from },
  });
  saveIncident(parts, { ...incident, ...point }, revision);
}

function isSame(a: Point, b: Point): boolean {
  return Math.abs(a.latitude - b.latitude) < sameDegrees && Math.abs(a.longitude - b.longitude) < sameDegrees;
}
