import type { ImportField, ImportMapping } from '../../../shared/contract/assets.ts';
import { foldCode } from '../../../shared/domain/asset-code.ts';
import { uuidv7 } from '../../../shared/ids.ts';
import type { AssetAlias, AssetRecord } from '../../db/asset-store.ts';
import type { AssetParts } from '../parts.ts';
import type { ReadAsset, ReadOperator } from './read-row.ts';
import type { Wanted } from './survey.ts';

type Input = {
  readonly sourceId: number;
  readonly mapping: ImportMapping;
  readonly actor: number | null;
};

export type AssetWriter = {
  /** Inside a transaction. False when the pole is not written yet: its row comes later in the source. */
  write(asset: ReadAsset, wanted: Wanted, revision: number): boolean;
};

/**
 * Writes what the source says and nothing it does not: a field without a column keeps what people gave it. Names of
 * regions, operators and contractors are looked up once a run.
 */
export function createAssetWriter(parts: AssetParts, { sourceId, mapping, actor }: Input): AssetWriter {
  const { assets } = parts;
  const names = createNames(parts, actor);
  const has = (field: ImportField) => mapping.columns[field] !== undefined;
  const isKeyed = has('externalId');

  function parentOf({ kind, pole }: ReadAsset): number | null | undefined {
    if (kind !== 'station' || pole === '') return null;
    const own = assets.bySource(sourceId, 'pole', isKeyed ? pole : foldCode(pole));
    if (own && own.goneAt === null) return own.id;
    const named = assets.idsByCode('pole', pole);
    return (named.find((candidate) => candidate.sourceId === sourceId) ?? named[0])?.id;
  }

  return {
    write(asset, wanted, revision) {
      const parentId = parentOf(asset);
      if (parentId === undefined) return false;
      const before = assets.bySource(sourceId, asset.kind, asset.externalId);
      const next = {
        ...before,
        ...fieldsOf(asset, before, parentId, revision),
        sourceHash: wanted.hash,
        revision,
      };
      const record = { ...next, goneAt: null, sourceId };
      const id = before ? before.id : assets.insert(record);
      if (before) assets.update({ ...record, id });
      if (has('operator') || has('operatorGroup')) {
        assets.setOperators(id, names.operators(wanted.operators, revision));
      }
      saveKeys({ ...record, id }, before, asset.aliases);
      return true;
    },
  };

  function fieldsOf(
    asset: ReadAsset,
    before: AssetRecord | undefined,
    parentId: number | null,
    revision: number,
  ): Omit<AssetRecord, 'id' | 'sourceId' | 'sourceHash' | 'goneAt' | 'revision'> {
    const text = (field: 'name' | 'state' | 'address' | 'manager') =>
      has(field) ? asset[field] : (before?.[field] ?? '');
    const hasPlace = has('latitude') && has('longitude');
    const ownContacts = before?.ownContacts ?? false;
    const list = (field: 'emails' | 'phones') =>
      has(field) && !ownContacts ? asset[field] : (before?.[field] ?? []);
    return {
      uuid: before?.uuid ?? uuidv7(parts.clock.now(), parts.random.bytes(10)),
      kind: asset.kind,
      externalId: asset.externalId,
      code: asset.code,
      name: text('name'),
      state: text('state'),
      address: text('address'),
      manager: text('manager'),
      parentId: has('pole') ? parentId : (before?.parentId ?? null),
      regionId:
        has('region') || has('regionName') ? names.region(asset, revision) : (before?.regionId ?? null),
      contractorId: has('contractor')
        ? names.contractor(asset.contractor, revision)
        : (before?.contractorId ?? null),
      latitude: hasPlace ? asset.latitude : (before?.latitude ?? null),
      longitude: hasPlace ? asset.longitude : (before?.longitude ?? null),
      emails: list('emails'),
      phones: list('phones'),
      ownContacts,
    };
  }

  function saveKeys(
    record: AssetRecord,
    before: AssetRecord | undefined,
    fromSource: readonly string[],
  ): void {
    const old = before ? assets.aliases(before.id) : [];
    const kept = has('aliases') ? old.filter(({ byHand }) => byHand) : old;
    const given: AssetAlias[] = fromSource.map((spelling) => ({ spelling, byHand: false }));
    const aliases = [...kept, ...given];
    const isSame =
      before?.code === record.code &&
      before.name === record.name &&
      JSON.stringify(aliases) === JSON.stringify(old);
    if (!isSame) assets.setKeys(record, aliases);
  }
}

function createNames(
  { assetReference, contacts, journal, db, clock, random }: AssetParts,
  actor: number | null,
) {
  const operators = new Map<string, number>();
  const regions = new Map<string, number>();
  const contractors = new Map<string, number>();
  const once = (known: Map<string, number>, key: string, find: () => number) => {
    const id = known.get(key) ?? find();
    known.set(key, id);
    return id;
  };
  return {
    operators: (given: readonly ReadOperator[], revision: number) =>
      given.map(({ name, group }) =>
        once(operators, `${group}\n${name}`, () => {
          const groupId = group === '' ? null : assetReference.ensureGroup(group, revision);
          return assetReference.ensureOperator(name, groupId, revision);
        }),
      ),
    region({ region, regionName, macroregion, repairEmail }: ReadAsset, revision: number): number | null {
      if (region === '') return null;
      return once(regions, [region, regionName, macroregion, repairEmail].join('\n'), () => {
        const macroregionId =
          macroregion === '' ? null : assetReference.ensureMacroregion(macroregion, revision);
        return assetReference.ensureRegion(
          { key: region, name: regionName, macroregionId, repairEmail },
          revision,
        );
      });
    },
    contractor(name: string, revision: number): number | null {
      if (name === '') return null;
      return once(contractors, name.toLowerCase(), () => {
        const known = assetReference.contractor(name);
        if (known !== undefined) return known;
        const uuid = uuidv7(clock.now(), random.bytes(10));
        const blank = { organisation: '', phone: '', email: '', note: '', active: true };
        const contact = { ...blank, uuid, kind: 'contractor' as const, name, createdAt: clock.now() };
        const id = contacts.insert(contact, revision);
        journal.append({
          kind: 'contact.saved',
          subject: 'contact',
          subjectId: id,
          actorId: actor,
          facts: { name, kind: 'contractor', active: true },
        });
        db.touch('contact');
        return id;
      });
    },
  };
}
