import type { StoredFile } from '../../shared/contract/common.ts';
import type { Urgency } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import { acknowledgeAlarms } from '../incidents/alarms.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import type { CallParts } from './call-parts.ts';
import { suggestTechnicians } from './suggest.ts';
import { ask, type Asked, nextToAsk, untaken } from './turns.ts';

export type CreateCall = {
  readonly incidentId: number | null;
  readonly assetId: number | null;
  readonly place: string;
  readonly description: string;
  readonly urgency: Urgency;
  readonly skillId: number | null;
  readonly regionId: number | null;
  readonly contactId: number | null;
  readonly passesOn: boolean;
  readonly workKind: string;
  readonly files: readonly StoredFile[];
};

/**
 * Calls a technician: the one chosen, or the best there is. Throws `not-found`, `conflict` (reason `nobody-to-call`) or
 * `invalid-input` (reasons `not-a-technician`, `not-a-work`).
 */
export function createCall(
  parts: CallParts,
  input: CreateCall,
  actor: number,
): { readonly id: number; readonly number: number } {
  return parts.db.transact((revision) => {
    const incidentId =
      input.incidentId === null ? null : livingIncident(parts.incidents, input.incidentId).id;
    const asset = input.assetId === null ? undefined : parts.assets.require(input.assetId);
    const regionId = input.regionId ?? asset?.regionId ?? null;
    requireWork(parts, input.workKind);
    const asked = chosen(parts, { ...input, regionId });
    const now = parts.clock.now();
    const { files, passesOn, contactId: _chosen, ...rest } = input;
    const call = {
      ...rest,
      ...untaken,
      uuid: uuidv7(now, parts.random.bytes(10)),
      incidentId,
      regionId,
      place: input.place === '' && asset ? [asset.code, asset.name].filter(Boolean).join(' · ') : input.place,
      state: 'pending',
      contactId: asked.contactId,
      passesOn: passesOn ? 1 : 0,
      workBegun: 0,
      requestedBy: actor,
      createdAt: now,
      result: '',
      latitude: null,
      longitude: null,
      locatedAt: null,
      seenAnswerId: 0,
      revision,
    } as const;
    const made = parts.calls.insert(call, files);
    // Whoever calls somebody out has heard what sounds for it.
    if (incidentId !== null) acknowledgeAlarms(parts, incidentId, actor, revision);
    ask(parts, { ...call, ...made }, asked, { actor, by: 'hand' }, revision);
    return made;
  });
}

function chosen(
  parts: CallParts,
  { contactId, regionId, skillId }: Pick<CreateCall, 'contactId' | 'regionId' | 'skillId'>,
): Asked {
  if (contactId !== null) return byHand(parts, contactId, { regionId, skillId });
  const next = nextToAsk(parts, { id: 0, regionId, skillId });
  if (!next) throw new AppError('conflict', { details: { reason: 'nobody-to-call' } });
  return next;
}

/** Whom the dispatcher wants, with what was known of them at that moment. Throws `invalid-input` (`not-a-technician`). */
export function byHand(
  parts: CallParts,
  contactId: number,
  { regionId, skillId }: { readonly regionId: number | null; readonly skillId: number | null },
): Asked {
  const { kind, active } = parts.contacts.require(contactId);
  if (kind !== 'technician' || !active) {
    throw new AppError('invalid-input', { details: { reason: 'not-a-technician' } });
  }
  const known = suggestTechnicians(parts, { regionId, skillId, at: parts.clock.now(), exclude: [] });
  const one = known.find((suggestion) => suggestion.contactId === contactId);
  return { contactId, why: { by: 'hand', ...one?.reasons } };
}

function requireWork(parts: CallParts, kind: string): void {
  if (kind === '' || parts.clockRules.find(kind)?.starts === 'hand') return;
  throw new AppError('invalid-input', { details: { reason: 'not-a-work' } });
}
