import { z } from 'zod';
import { assetKinds, findingPlaces, findingRules } from '../domain/asset-kinds.ts';
import { command, query, task } from '../rpc/define.ts';
import { empty, id, revision, savedItem, time, undoable } from './common.ts';

const kind = z.enum(assetKinds);

export const assetRow = z.object({
  id,
  kind,
  code: z.string(),
  name: z.string(),
  state: z.string(),
  address: z.string(),
  region: z.string(),
  operators: z.array(z.string()),
  contractor: z.string(),
  openIncidents: z.int(),
  goneAt: time.nullable(),
});
export type AssetRow = z.infer<typeof assetRow>;

export const assetView = assetRow.extend({
  sourceName: z.string().nullable(),
  externalId: z.string(),
  macroregion: z.string(),
  pole: z.object({ id, code: z.string() }).nullable(),
  stations: z.array(z.object({ id, code: z.string(), operators: z.array(z.string()) })),
  operatorIds: z.array(id),
  regionId: id.nullable(),
  contractorId: id.nullable(),
  /** The contractor's addresses for this asset. */
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  /** Addresses and phones were changed here: the source no longer writes them. Emptied, they come from it again. */
  ownContacts: z.boolean(),
  coordinates: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  manager: z.string(),
  repairEmail: z.string(),
  aliases: z.array(z.string()),
  incidents: z.array(
    z.object({ id, code: z.string(), title: z.string(), registeredAt: time, open: z.boolean() }),
  ),
  revision,
});
export type AssetView = z.infer<typeof assetView>;

/** Fields a column of a source can be mapped to. */
export const importFields = [
  'kind',
  'externalId',
  'code',
  'name',
  'state',
  'pole',
  'region',
  'regionName',
  'macroregion',
  'address',
  'latitude',
  'longitude',
  'operator',
  'operatorGroup',
  'contractor',
  'emails',
  'phones',
  'manager',
  'repairEmail',
  'aliases',
] as const;
export type ImportField = (typeof importFields)[number];

/** How a source is read. `columns` names its column (in JSON its path, such as `site.code`) for each field of ours. */
export const importMapping = z.strictObject({
  /** When no column says it. */
  kind,
  columns: z.partialRecord(z.enum(importFields), z.string().max(200)),
  encoding: z.enum(['utf-8', 'windows-1251']),
  separator: z.enum([';', ',', '\t']),
  /** Rows of this source that are missing from now on are gone. */
  complete: z.boolean(),
  /** For JSON: where the list of objects stands, such as `data.items`; empty when the answer is the list itself. */
  listPath: z.string().max(200).default(''),
});
export type ImportMapping = z.infer<typeof importMapping>;

const importRefusals = [
  'code-missing',
  'code-twice',
  'kind-unknown',
  'pole-unknown',
  /** Several poles have that code, and nothing tells which. */
  'pole-several',
  /** The row cannot be read: quotes that never end, not as many cells as headings, no object. */
  'row-broken',
  'number-wrong',
  'coordinates-outside',
  'email-wrong',
  'too-long',
] as const;

const importGuards = ['empty', 'much-smaller', 'many-gone'] as const;

export const importRun = z.object({
  /** 0 for a dry run, which leaves nothing behind. */
  id: z.int().nonnegative(),
  /** 0 for a dry run of a source that is new. */
  sourceId: z.int().nonnegative(),
  sourceName: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  actorId: id.nullable(),
  state: z.enum(['running', 'asks', 'done', 'refused', 'failed']),
  guard: z.enum(importGuards).nullable(),
  /** What `rows` (much-smaller) or `gone` (many-gone) was compared with. */
  guardOf: z.int().nullable(),
  /** Rows done and rows there are: progress. The total is null while the source is looked through. */
  rows: z.int(),
  rowsTotal: z.int().nullable(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  refused: z.int(),
  /** Why it failed: `interrupted`, or the reason of an error such as `too-large`. */
  error: z.string().nullable(),
});
export type ImportRun = z.infer<typeof importRun>;

export const importRefusal = z.object({
  row: z.int(),
  field: z.string(),
  reason: z.enum(importRefusals),
  value: z.string(),
});
export type ImportRefusal = z.infer<typeof importRefusal>;

/** The hash `POST <base>/upload` answered with. */
const uploadId = z.string().regex(/^[0-9a-f]{64}$/);

/** What a file holds, before anything is taken from it. */
const importPreview = z.object({
  /** Upload that was looked at; `importFile` takes it. */
  uploadId,
  format: z.enum(['csv', 'xlsx', 'geojson']),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  rows: z.int(),
  /** From the last file of the same shape, or guessed from the headings. */
  mapping: importMapping,
  /** The source that had the last file of this shape; its name is offered again. */
  sourceName: z.string().nullable(),
});

export const assetSource = z.object({
  id,
  kind: z.enum(['file', 'http']),
  name: z.string(),
  mapping: importMapping,
  url: z.string(),
  authHeader: z.string(),
  hasSecret: z.boolean(),
  everyMinutes: z.int().nullable(),
  nextAt: time.nullable(),
  active: z.boolean(),
  lastRun: importRun.nullable(),
});
export type AssetSource = z.infer<typeof assetSource>;

const assetEvidence = z.object({
  rule: z.enum(findingRules),
  place: z.enum(findingPlaces),
  words: z.string(),
});

export const incidentAsset = z.object({
  assetId: id,
  kind,
  code: z.string(),
  name: z.string(),
  /** Code of the pole a station hangs on, or ''. */
  pole: z.string(),
  region: z.string(),
  address: z.string(),
  operators: z.array(z.string()),
  contractor: z.string(),
  contractorId: id.nullable(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  state: z.enum(['bound', 'suggested']),
  foundBy: z.enum(['hand', 'subject', 'body', 'thread', 'parent']),
  confidence: z.int(),
  evidence: assetEvidence.nullable(),
});
export type IncidentAsset = z.infer<typeof incidentAsset>;

export const assetsContract = {
  list: query(
    z.strictObject({
      text: z.string().max(100).default(''),
      kinds: z.array(kind).default([]),
      regionIds: z.array(id).max(100).default([]),
      contractorIds: z.array(id).max(100).default([]),
      withOpenIncidents: z.boolean().default(false),
      gone: z.boolean().default(false),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(200),
    }),
    /** By code. With a text at most 2,000 are found and counted. */
    z.object({ total: z.int(), rows: z.array(assetRow) }),
  ),
  view: query(z.strictObject({ id }), assetView),
  lists: query(
    empty,
    z.object({
      regions: z.array(
        z.object({ id, key: z.string(), name: z.string(), macroregion: z.string(), repairEmail: z.string() }),
      ),
      operators: z.array(z.object({ id, name: z.string(), group: z.string() })),
      groups: z.array(
        z.object({
          id,
          name: z.string(),
          domains: z.array(z.string()),
          autoCloseMinutes: z.int().nullable(),
        }),
      ),
      total: z.int(),
    }),
  ),
  /** By any piece of a code, name or alias; the nearest valid ones when nothing fits. For completion. */
  complete: query(
    z.strictObject({ text: z.string().trim().min(1).max(100), poleId: id.nullable().default(null) }),
    z.object({ assets: z.array(assetRow), nearest: z.boolean() }),
  ),
  /**
   * By hand. Fails with `conflict` (reason `code-taken`) or `invalid-input` (reasons `pole-wrong`, `code-empty`). Of an asset with
   * a source only aliases, addresses and phones are ours to change; the rest of what is sent is left alone.
   */
  save: command(
    z.strictObject({
      id: id.optional(),
      kind,
      code: z.string().trim().min(1).max(64),
      name: z.string().trim().max(200),
      state: z.string().trim().max(60),
      poleId: id.nullable(),
      regionId: id.nullable(),
      contractorId: id.nullable(),
      operatorIds: z.array(id).max(20),
      address: z.string().trim().max(500),
      latitude: z.number().min(-90).max(90).nullable(),
      longitude: z.number().min(-180).max(180).nullable(),
      manager: z.string().trim().max(200),
      emails: z.array(z.email().max(320)).max(20),
      phones: z.array(z.string().trim().max(40)).max(20),
      aliases: z.array(z.string().trim().min(1).max(64)).max(20),
    }),
    savedItem,
  ),
  saveGroup: command(
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(120),
      domains: z.array(z.string().trim().toLowerCase().max(255)).max(50),
      /** How long silence after the closing letter closes its incidents; null leaves it to the desk. */
      autoCloseMinutes: z.int().min(1).max(43_200).nullable().default(null),
    }),
    savedItem,
  ),
  saveRegion: command(z.strictObject({ id, repairEmail: z.string().trim().max(320) }), undoable),

  /** Of an incident: bound ones first, then suggestions, best first. */
  ofIncident: query(z.strictObject({ incidentId: id }), z.object({ assets: z.array(incidentAsset) })),
  /** Binding a station binds its pole. Undo takes both back. */
  bind: command(z.strictObject({ incidentId: id, assetId: id }), z.object({ undo: z.int().nullable() })),
  /** Also a suggestion nobody wants. */
  unbind: command(z.strictObject({ incidentId: id, assetId: id }), z.object({ undo: z.int().nullable() })),

  /** Looks at an uploaded file (`POST <base>/upload`). */
  preview: task(
    z.strictObject({
      uploadId,
      fileName: z.string().max(300),
      mapping: importMapping.nullable(),
    }),
    importPreview,
  ),
  /** With `dryRun` nothing changes; the report is the same. Progress comes with the feed (kind `asset-import`). */
  importFile: task(
    z.strictObject({
      uploadId,
      fileName: z.string().max(300),
      sourceName: z.string().trim().min(1).max(120),
      mapping: importMapping,
      dryRun: z.boolean(),
      /** A person has seen what a guard asks and goes on. */
      force: z.boolean().default(false),
    }),
    /** At most 1,000 refusals; `refusals` has the rest of a run that was no dry run. */
    z.object({ run: importRun, refusals: z.array(importRefusal) }),
  ),
  runs: query(empty, z.object({ runs: z.array(importRun) })),
  refusals: query(
    z.strictObject({
      runId: id,
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(5000).default(1000),
    }),
    z.object({ total: z.int(), refusals: z.array(importRefusal) }),
  ),
  sources: query(empty, z.object({ sources: z.array(assetSource) })),
  saveSource: command(
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(120),
      url: z.url({ protocol: /^https?$/ }).max(2000),
      authHeader: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9-]*$/)
        .max(100),
      /** undefined keeps the one there is. */
      secret: z.string().max(4000).optional(),
      mapping: importMapping,
      everyMinutes: z.int().min(5).max(10_080).nullable(),
      active: z.boolean(),
    }),
    z.object({ id }),
  ),
  /** Asks the address once, before the source is saved: what columns there are, and a guessed mapping. */
  trySource: task(
    z.strictObject({
      /** Takes the secret of this source when none is given. */
      id: id.optional(),
      url: z.url({ protocol: /^https?$/ }).max(2000),
      authHeader: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9-]*$/)
        .max(100),
      secret: z.string().max(4000).optional(),
      listPath: z.string().max(200),
    }),
    z.object({
      columns: z.array(z.string()),
      sample: z.array(z.array(z.string())),
      rows: z.int(),
      mapping: importMapping,
    }),
  ),
  /** Now, and past a guard with `force`. */
  syncSource: task(z.strictObject({ id, force: z.boolean().default(false) }), z.object({ run: importRun })),
} as const;
