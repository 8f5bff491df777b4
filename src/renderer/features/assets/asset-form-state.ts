import type { AssetView } from '../../../shared/contract/assets.ts';
import type { AssetKind } from '../../../shared/domain/asset-kinds.ts';
import type { Rpc } from '../../lib/desk.ts';

/** As typed: lists are one per line, numbers are words until they are checked. */
export type AssetDraft = {
  readonly kind: AssetKind;
  readonly code: string;
  readonly name: string;
  readonly state: string;
  readonly pole: { readonly id: number; readonly code: string } | null;
  readonly regionId: number | null;
  readonly contractorId: number | null;
  readonly operatorIds: readonly number[];
  readonly address: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly manager: string;
  readonly emails: string;
  readonly phones: string;
  readonly aliases: string;
};

export type AssetFault =
  | { readonly field: 'code'; readonly key: 'noCode' }
  | {
      readonly field: 'latitude' | 'longitude';
      readonly key: 'badNumber';
      readonly least: number;
      readonly most: number;
    }
  | { readonly field: 'latitude'; readonly key: 'oneCoordinate' }
  | { readonly field: 'emails'; readonly key: 'badEmail'; readonly email: string }
  | { readonly field: 'emails' | 'phones' | 'aliases'; readonly key: 'tooMany'; readonly most: number }
  | { readonly field: 'phones' | 'aliases'; readonly key: 'tooLong'; readonly text: string };

type SaveInput = Parameters<Rpc['assets']['save']>[0];

const mostLines = 20;
const longest = { phones: 40, aliases: 64 } as const;

const emptyDraft: AssetDraft = {
  kind: 'station',
  code: '',
  name: '',
  state: '',
  pole: null,
  regionId: null,
  contractorId: null,
  operatorIds: [],
  address: '',
  latitude: '',
  longitude: '',
  manager: '',
  emails: '',
  phones: '',
  aliases: '',
};

export function draftOf(asset: AssetView | undefined): AssetDraft {
  if (!asset) return emptyDraft;
  const { kind, code, name, state, pole, regionId, contractorId, operatorIds, address, manager } = asset;
  return {
    kind,
    code,
    name,
    state,
    pole,
    regionId,
    contractorId,
    operatorIds,
    address,
    manager,
    latitude: asset.coordinates ? String(asset.coordinates.latitude) : '',
    longitude: asset.coordinates ? String(asset.coordinates.longitude) : '',
    emails: asset.emails.join('\n'),
    phones: asset.phones.join('\n'),
    aliases: asset.aliases.join('\n'),
  };
}

export function toInput(draft: AssetDraft, id: number | undefined): SaveInput {
  const { pole, latitude, longitude, emails, phones, aliases, ...rest } = draft;
  return {
    ...rest,
    operatorIds: [...draft.operatorIds],
    poleId: draft.kind === 'station' ? (pole?.id ?? null) : null,
    latitude: numberOf(latitude),
    longitude: numberOf(longitude),
    emails: linesOf(emails),
    phones: linesOf(phones),
    aliases: linesOf(aliases),
    ...(id === undefined ? {} : { id }),
  };
}

/** What core would refuse, each beside the field where it is mended. */
export function faultsOf(draft: AssetDraft): readonly AssetFault[] {
  const faults: AssetFault[] = [];
  if (draft.code.trim() === '') faults.push({ field: 'code', key: 'noCode' });
  for (const [field, most] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const value = numberOf(draft[field]);
    if (value !== null && !(Math.abs(value) <= most)) {
      faults.push({ field, key: 'badNumber', least: -most, most });
    }
  }
  if ((draft.latitude.trim() === '') !== (draft.longitude.trim() === '')) {
    faults.push({ field: 'latitude', key: 'oneCoordinate' });
  }
  const badEmail = linesOf(draft.emails).find((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email));
  if (badEmail !== undefined) faults.push({ field: 'emails', key: 'badEmail', email: badEmail });
  for (const field of ['emails', 'phones', 'aliases'] as const) {
    if (linesOf(draft[field]).length > mostLines) faults.push({ field, key: 'tooMany', most: mostLines });
  }
  for (const field of ['phones', 'aliases'] as const) {
    const text = linesOf(draft[field]).find((line) => line.length > longest[field]);
    if (text !== undefined) faults.push({ field, key: 'tooLong', text });
  }
  return faults;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Both 56.85 and 56,85; null when nothing is typed, NaN when it is no number. */
function numberOf(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  return typed === '' ? null : Number(typed);
}
