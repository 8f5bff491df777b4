import type { AssetSource, ImportMapping } from '../../../shared/contract/assets.ts';
import type { Rpc } from '../../lib/desk.ts';

export type SourceDraft = {
  readonly name: string;
  readonly url: string;
  readonly authHeader: string;
  /** Empty keeps the one there is, unless it is to be forgotten. */
  readonly secret: string;
  readonly forget: boolean;
  readonly every: string;
  readonly active: boolean;
  readonly mapping: ImportMapping;
};

export type SourceFault = {
  readonly field: 'name' | 'url' | 'authHeader' | 'every' | 'mapping';
  readonly key: 'noName' | 'badUrl' | 'badHeader' | 'badEvery' | 'noCode';
};

type SaveInput = Parameters<Rpc['assets']['saveSource']>[0];

const newMapping: ImportMapping = {
  kind: 'station',
  columns: {},
  encoding: 'utf-8',
  separator: ';',
  complete: true,
  listPath: '',
};

export function sourceDraftOf(source: AssetSource | undefined): SourceDraft {
  return {
    name: source?.name ?? '',
    url: source?.url ?? '',
    authHeader: source?.authHeader ?? '',
    secret: '',
    forget: false,
    every: source ? String(source.everyMinutes ?? '') : '60',
    active: source?.active ?? true,
    mapping: source?.mapping ?? newMapping,
  };
}

export function sourceFaultsOf({
  name,
  url,
  authHeader,
  every,
  mapping,
}: SourceDraft): readonly SourceFault[] {
  const faults: SourceFault[] = [];
  if (name.trim() === '') faults.push({ field: 'name', key: 'noName' });
  if (!/^https?:\/\/\S/.test(url.trim()) || !URL.canParse(url.trim())) {
    faults.push({ field: 'url', key: 'badUrl' });
  }
  if (!/^[A-Za-z0-9-]*$/.test(authHeader.trim())) faults.push({ field: 'authHeader', key: 'badHeader' });
  const minutes = Number(every);
  const isMinutes = Number.isInteger(minutes) && minutes >= 5 && minutes <= 10_080;
  if (every.trim() !== '' && !isMinutes) faults.push({ field: 'every', key: 'badEvery' });
  if (mapping.columns.code === undefined) faults.push({ field: 'mapping', key: 'noCode' });
  return faults;
}

/** What asking once and saving have in common. The old key is sent by leaving it out. */
export function addressOf({ url, authHeader, secret, forget }: SourceDraft, id: number | undefined) {
  return {
    url: url.trim(),
    authHeader: authHeader.trim(),
    ...(secret === '' && !forget ? {} : { secret }),
    ...(id === undefined ? {} : { id }),
  };
}

export function toSourceInput(draft: SourceDraft, id: number | undefined): SaveInput {
  const { name, every, active, mapping } = draft;
  return {
    ...addressOf(draft, id),
    name: name.trim(),
    everyMinutes: every.trim() === '' ? null : Number(every),
    active,
    mapping,
  };
}

/** Whether the key that is kept goes to this address: it is for one server and no other. */
export function isSameServer(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}
