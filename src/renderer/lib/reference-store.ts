import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Category,
  IncidentType,
  RepairPriority,
  Status,
  Subtype,
} from '../../shared/contract/settings.ts';
import type { Template } from '../../shared/contract/templates.ts';
import type { Rpc } from './desk.ts';

/** The desk's own lists, in their order and by id. Inactive ones stay, because old incidents name them. */
export type ReferenceState = {
  readonly statuses: ReadonlyMap<number, Status>;
  readonly types: ReadonlyMap<number, IncidentType>;
  readonly categories: ReadonlyMap<number, Category>;
  readonly subtypes: ReadonlyMap<number, Subtype>;
  readonly repairPriorities: ReadonlyMap<number, RepairPriority>;
  readonly templates: readonly Template[];
  /** By their keys. */
  readonly clocks: ReadonlyMap<string, { readonly name: string; readonly nameEn: string }>;
};

export function createReferenceStore(): StoreApi<ReferenceState> {
  return createStore<ReferenceState>(() => ({
    statuses: new Map(),
    types: new Map(),
    categories: new Map(),
    subtypes: new Map(),
    repairPriorities: new Map(),
    templates: [],
    clocks: new Map(),
  }));
}

export async function loadReference(store: StoreApi<ReferenceState>, rpc: Rpc): Promise<void> {
  const { statuses, types, categories, subtypes, repairPriorities, templates, clocks } =
    await rpc.reference.all({});
  store.setState({
    statuses: inOrder(statuses),
    types: inOrder(types),
    categories: inOrder(categories),
    subtypes: inOrder(subtypes),
    repairPriorities: inOrder(repairPriorities),
    templates: templates.toSorted((a, b) => a.position - b.position),
    clocks: new Map(clocks.map((clock) => [clock.key, clock])),
  });
}

function inOrder<T extends { readonly id: number; readonly position: number }>(
  items: readonly T[],
): ReadonlyMap<number, T> {
  return new Map(items.toSorted((a, b) => a.position - b.position).map((item) => [item.id, item]));
}

/** The name in the language of the screen. */
export function nameOf(
  item: { readonly name: string; readonly nameEn: string } | undefined,
  language: 'ru' | 'en',
): string {
  if (!item) return '';
  return language === 'ru' ? item.name : item.nameEn;
}
