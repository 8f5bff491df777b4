import type { AssetView } from '../../shared/contract/assets.ts';
import { foldCode } from '../../shared/domain/asset-code.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { AssetAlias, AssetRecord } from '../db/asset-store.ts';
import type { AssetParts } from './parts.ts';

export type SaveAsset = {
  readonly id?: number | undefined;
  readonly kind: AssetKind;
  readonly code: string;
  readonly name: string;
  readonly state: string;
  readonly poleId: number | null;
  readonly regionId: number | null;
  readonly contractorId: number | null;
  readonly operatorIds: readonly number[];
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly manager: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly aliases: readonly string[];
};

const mostIncidents = 50;

/** Throws `not-found`. */
export function viewAsset(parts: AssetParts, id: number): AssetView {
  const asset = parts.assets.require(id);
  const [row] = parts.assetLists.rows([id]);
  if (!row) throw new Error(`Asset ${id} has no row`);
  const region = asset.regionId === null ? undefined : parts.assetReference.region(asset.regionId);
  const pole = asset.parentId === null ? undefined : parts.assets.find(asset.parentId);
  const source = asset.sourceId === null ? undefined : parts.assetSources.find(asset.sourceId);
  const { latitude, longitude } = asset;
  return {
    ...row,
    sourceName: source?.name ?? null,
    externalId: asset.externalId,
    macroregion: region?.macroregion ?? '',
    pole: pole ? { id: pole.id, code: pole.code } : null,
    stations: parts.assetLists
      .rows(parts.assets.stations(id).map((station) => station.id))
      .map((station) => ({ id: station.id, code: station.code, operators: station.operators })),
    operatorIds: parts.assets.operators(id),
    regionId: asset.regionId,
    contractorId: asset.contractorId,
    emails: [...asset.emails],
    phones: [...asset.phones],
    ownContacts: asset.ownContacts,
    coordinates: latitude === null || longitude === null ? null : { latitude, longitude },
    manager: asset.manager,
    repairEmail: region?.repairEmail ?? '',
    aliases: parts.assets.aliases(id).map(({ spelling }) => spelling),
    incidents: parts.assetLists.incidentsOf(id, mostIncidents),
    revision: asset.revision,
  };
}

/**
 * By hand. Throws `conflict` (reason `code-taken`), `invalid-input` (reasons `code-empty`, `pole-wrong`), `not-found`. Of
 * an asset with a source only aliases, addresses and phones are changed: the rest is its source's to say.
 */
export function saveAsset(parts: AssetParts, input: SaveAsset, actor: number): number {
  return parts.db.transact((revision) => {
    const before = input.id === undefined ? undefined : parts.assets.require(input.id);
    const isSynced = before !== undefined && before.sourceId !== null;
    const next = isSynced ? withOwnContacts(before, input) : byHand(parts, before, input, revision);
    const operators = before ? parts.assets.operators(before.id) : [];
    const aliases = before ? parts.assets.aliases(before.id) : [];
    const id = before ? before.id : parts.assets.insert(next);
    if (before) parts.assets.update({ ...next, id, revision });
    const operatorIds = isSynced ? operators : [...new Set(input.operatorIds)].toSorted((a, b) => a - b);
    if (!isSynced) parts.assets.setOperators(id, operatorIds);
    parts.assets.setKeys({ ...next, id }, mergeAliases(aliases, input.aliases));
    const changes = differences(
      before ? { ...before, operatorIds: operators, aliases: aliases.map(({ spelling }) => spelling) } : {},
      { ...next, operatorIds, aliases: input.aliases },
    );
    parts.journal.append({
      kind: 'asset.saved',
      subject: 'asset',
      subjectId: id,
      actorId: actor,
      facts: { code: next.code, kind: next.kind, changes },
    });
    parts.db.touch('asset');
    return id;
  });
}

/** Addresses of ours stay when the source writes again; emptied, they come from the source again. */
function withOwnContacts(before: AssetRecord, { emails, phones }: SaveAsset): AssetRecord {
  const isSame = isEqual(emails, before.emails) && isEqual(phones, before.phones);
  if (isSame) return before;
  const ownContacts = emails.length > 0 || phones.length > 0;
  // The hash is forgotten, so that the next run writes the source's own words again.
  return { ...before, emails, phones, ownContacts, sourceHash: ownContacts ? before.sourceHash : '' };
}

function byHand(
  parts: AssetParts,
  before: AssetRecord | undefined,
  { poleId, id: _id, operatorIds: _operators, aliases: _aliases, ...fields }: SaveAsset,
  revision: number,
): AssetRecord {
  const key = foldCode(fields.code);
  if (!/[\p{L}\p{N}]/u.test(key)) throw new AppError('invalid-input', { details: { reason: 'code-empty' } });
  refuseTaken(parts, before?.id, { kind: fields.kind, key, poleId });
  requireReferences(parts, fields.regionId, fields.contractorId);
  if (poleId !== null && (fields.kind !== 'station' || parts.assets.require(poleId).kind !== 'pole')) {
    throw new AppError('invalid-input', { details: { reason: 'pole-wrong' } });
  }
  return {
    ...fields,
    id: before?.id ?? 0,
    uuid: before?.uuid ?? uuidv7(parts.clock.now(), parts.random.bytes(10)),
    sourceId: null,
    externalId: fields.kind === 'station' && poleId !== null ? `${key} @ ${poleId}` : key,
    parentId: poleId,
    ownContacts: false,
    sourceHash: '',
    goneAt: null,
    revision,
  };
}

/** Whoever entered it first, a person or a source. The same number on another pole is another station. */
function refuseTaken(
  { assets }: AssetParts,
  ownId: number | undefined,
  { kind, key, poleId }: { readonly kind: AssetKind; readonly key: string; readonly poleId: number | null },
): void {
  const taken = assets
    .idsByCode(kind, key)
    .find(({ id }) => id !== ownId && (kind !== 'station' || assets.require(id).parentId === poleId));
  if (taken) throw new AppError('conflict', { details: { reason: 'code-taken', id: taken.id } });
}

function requireReferences(parts: AssetParts, regionId: number | null, contractorId: number | null): void {
  if (regionId !== null && !parts.assetReference.region(regionId)) {
    throw new AppError('not-found', { details: { reason: 'region', id: regionId } });
  }
  if (contractorId !== null) parts.contacts.require(contractorId);
}

/** Those of the source that stay are still the source's; every other one is the person's. */
function mergeAliases(before: readonly AssetAlias[], spellings: readonly string[]): AssetAlias[] {
  const ofSource = new Set(before.filter(({ byHand: isOurs }) => !isOurs).map(({ spelling }) => spelling));
  return spellings.map((spelling) => ({ spelling, byHand: !ofSource.has(spelling) }));
}

const kept = new Set(['id', 'uuid', 'revision', 'sourceHash', 'externalId', 'sourceId', 'goneAt']);

function differences(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const [key, to] of Object.entries(after)) {
    const from = before[key] ?? null;
    if (!kept.has(key) && !isEqual(from, to)) changes[key] = { from, to };
  }
  return changes;
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Domains tell whose station a sender means. Throws `conflict` (reason `group-taken`), `not-found`. */
export function saveGroup(
  parts: AssetParts,
  {
    id,
    name,
    domains,
    autoCloseMinutes = null,
  }: {
    readonly id?: number | undefined;
    readonly name: string;
    readonly domains: readonly string[];
    readonly autoCloseMinutes?: number | null | undefined;
  },
  actor: number,
): number {
  return parts.db.transact((revision) => {
    const clean = [...new Set(domains.map(cleanDomain).filter((domain) => domain !== ''))];
    const before = id === undefined ? undefined : parts.assetReference.group(id);
    if (id !== undefined && !before) {
      throw new AppError('not-found', { details: { reason: 'operator-group', id } });
    }
    const namesake = parts.assetReference.groups().find((group) => group.name === name);
    if (namesake && namesake.id !== id)
      throw new AppError('conflict', { details: { reason: 'group-taken' } });
    const group = { name, domains: clean, autoCloseMinutes };
    const saved = id ?? parts.assetReference.insertGroup(group, revision);
    if (id !== undefined) parts.assetReference.updateGroup({ ...group, id }, revision);
    parts.journal.append({
      kind: 'asset.group-saved',
      subject: 'reference',
      subjectId: saved,
      actorId: actor,
      facts: {
        ...group,
        before: before ? { name: before.name, domains: before.domains } : null,
        after: group,
      },
    });
    parts.db.touch('asset');
    return saved;
  });
}

/** `NOC@Tele-op.example` and `@tele-op.example` mean the domain behind the sign. */
function cleanDomain(domain: string): string {
  return domain
    .trim()
    .toLowerCase()
    .replace(/^.*@/, '')
    .replace(/^\.+|\.+$/g, '');
}

export function saveRegion(
  parts: AssetParts,
  { id, repairEmail }: { readonly id: number; readonly repairEmail: string },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const region = parts.assetReference.region(id);
    if (!region) throw new AppError('not-found', { details: { reason: 'region', id } });
    if (region.repairEmail === repairEmail) return;
    parts.assetReference.setRepairEmail(id, repairEmail, revision);
    parts.journal.append({
      kind: 'asset.region-saved',
      subject: 'reference',
      subjectId: id,
      actorId: actor,
      facts: { key: region.key, repairEmail: { from: region.repairEmail, to: repairEmail } },
    });
    parts.db.touch('asset');
  });
}
