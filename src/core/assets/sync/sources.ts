import type { AssetSource, ImportMapping } from '../../../shared/contract/assets.ts';
import { AppError } from '../../../shared/errors.ts';
import { uuidv7 } from '../../../shared/ids.ts';
import type { AssetSourceRecord } from '../../db/asset-source-store.ts';
import type { SecretBox } from '../../platform/capabilities.ts';
import { refuseTable } from '../import/table.ts';
import type { AssetParts } from '../parts.ts';

export type SaveSource = {
  readonly id?: number | undefined;
  readonly name: string;
  readonly url: string;
  readonly authHeader: string;
  /** undefined keeps the one there is, as long as the address stays at the same host. */
  readonly secret?: string | undefined;
  readonly mapping: ImportMapping;
  readonly everyMinutes: number | null;
  readonly active: boolean;
};

type Parts = AssetParts & { readonly secretBox: SecretBox };

export function listSources({ assetSources, assetImports }: AssetParts): AssetSource[] {
  return assetSources.all().map((source) => ({
    id: source.id,
    kind: source.kind,
    name: source.name,
    mapping: source.mapping,
    url: source.url,
    authHeader: source.authHeader,
    hasSecret: source.authSealed !== null,
    everyMinutes: source.everyMinutes,
    nextAt: source.nextAt,
    active: source.active,
    lastRun: assetImports.lastOf(source.id) ?? null,
  }));
}

/** Throws `conflict` (reason `source-taken`), `invalid-input` (reason `column-unmapped`), `not-found`. */
export function saveSource(parts: Parts, input: SaveSource, actor: number): number {
  const { db, assetSources, clock, random, journal } = parts;
  return db.transact((revision) => {
    if (input.mapping.columns.code === undefined) throw refuseTable('column-unmapped');
    const before = input.id === undefined ? undefined : assetSources.require(input.id);
    const namesake = assetSources.byName(input.name);
    if ((namesake && namesake.id !== before?.id) || before?.kind === 'file') {
      throw new AppError('conflict', { details: { reason: 'source-taken' } });
    }
    const { id: _id, secret: _secret, ...fields } = input;
    const next: Omit<AssetSourceRecord, 'id'> = {
      ...fields,
      uuid: before?.uuid ?? uuidv7(clock.now(), random.bytes(10)),
      kind: 'http',
      authSealed: sealedOf(parts, before, input),
      // Read another way, the same answer is another registry.
      etag: '',
      nextAt: input.active && input.everyMinutes !== null ? clock.now() : null,
      failures: 0,
      shape: '',
    };
    const id = before ? before.id : assetSources.insert(next, revision);
    if (before) assetSources.update({ ...next, id }, revision);
    const { name, url, everyMinutes, active } = input;
    journal.append({
      kind: 'asset.source-saved',
      subject: 'asset-source',
      subjectId: id,
      actorId: actor,
      facts: { name, url: withoutSecrets(url), everyMinutes, active },
    });
    db.touch('asset-import');
    return id;
  });
}

/** The saved secret, for the host it was given for and no other. */
export function secretFor(
  { secretBox }: Parts,
  source: AssetSourceRecord | undefined,
  url: string,
): string | undefined {
  if (!source || source.authSealed === null || !isSameHost(source.url, url)) return undefined;
  return secretBox.open(source.authSealed);
}

function sealedOf({ secretBox }: Parts, before: AssetSourceRecord | undefined, { secret, url }: SaveSource) {
  if (secret !== undefined) return secret === '' ? null : secretBox.seal(secret);
  return before && isSameHost(before.url, url) ? before.authSealed : null;
}

function isSameHost(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** Keys are often put into the address: the journal keeps only where it leads. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
