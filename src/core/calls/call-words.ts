import type { CallState } from '../../shared/domain/calls.ts';
import type { AnswerVerb } from '../../shared/domain/reaching.ts';
import type { CallRecord } from '../db/call-store.ts';
import type { CallParts } from './call-parts.ts';

/** Core speaks Russian where no page is there to translate. */
export function callTitle({ number, urgency }: Pick<CallRecord, 'number' | 'urgency'>): string {
  return urgency === 'critical' ? `Критичный вызов №${number}` : `Вызов №${number}`;
}

export function callText(parts: CallParts, call: CallRecord): string {
  const asset = call.assetId === null ? undefined : parts.assets.find(call.assetId);
  const incident = call.incidentId === null ? undefined : parts.incidents.find(call.incidentId);
  const place =
    asset && asset.latitude !== null && asset.longitude !== null
      ? `${asset.latitude.toFixed(5)}, ${asset.longitude.toFixed(5)}`
      : '';
  return [
    call.place,
    asset?.address ?? '',
    place,
    call.description,
    incident ? `Заявка ${incident.code}` : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** What a technician hears back at once. */
export function heardText({ number }: Pick<CallRecord, 'number'>, verb: AnswerVerb): string {
  return `Вызов №${number}: ${heard[verb]}`;
}

const heard: Readonly<Record<AnswerVerb, string>> = {
  accepted: 'принято, он за вами. Когда выедете, нажмите «В пути».',
  'on-the-way': 'отмечено, что вы в пути.',
  'in-progress': 'отмечено, что вы на месте.',
  done: 'отмечено как выполненный. Спасибо!',
  cannot: 'понятно, передаём другому.',
};

export function saidBeforeText({ number }: Pick<CallRecord, 'number'>): string {
  return `Вызов №${number}: это уже отмечено.`;
}

/** Whoever answers too late, or was passed over, must not set out. */
export function overText({ number, state }: Pick<CallRecord, 'number' | 'state'>): string {
  return `Вызов №${number} ${over[state]}`;
}

const withAnother = 'уже передан другому, ехать не нужно. Спасибо!';
const over: Readonly<Record<CallState, string>> = {
  pending: withAnother,
  accepted: withAnother,
  'on-the-way': withAnother,
  'in-progress': withAnother,
  completed: 'уже выполнен, ехать не нужно. Спасибо!',
  declined: 'снят, ехать не нужно. Спасибо!',
  cancelled: 'отменён, ехать не нужно.',
};

export function cancelledText(call: Pick<CallRecord, 'number' | 'state' | 'place'>, reason: string): string {
  const where = call.place === '' ? '' : ` (${call.place})`;
  const why = reason === '' ? '' : ` Причина: ${reason}`;
  return `Вызов №${call.number}${where} ${over[call.state]}${why}`;
}
