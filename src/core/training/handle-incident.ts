import type { IncidentRow } from '../../shared/contract/incidents.ts';
import type { PultContract } from '../../shared/contract/index.ts';
import type { Client } from '../../shared/rpc/define.ts';
import type { Handling, IncidentTypeKey } from './story.ts';

export type Rpc = Client<PultContract>;

/** The desk's lists by their keys. */
export type Lists = {
  readonly status: (key: string) => number | undefined;
  readonly type: (key: string) => number | undefined;
  readonly category: (key: string) => number | undefined;
  /** The first of a type; undefined where it has none. */
  readonly subtypeOf: (typeId: number | null) => number | undefined;
};

export async function readLists(rpc: Rpc): Promise<Lists> {
  const { statuses, types, categories, subtypes } = await rpc.reference.all({});
  const byKey = (items: readonly { readonly key: string; readonly id: number }[]) => {
    const ids = new Map(items.map(({ key, id }) => [key, id]));
    return (key: string) => ids.get(key);
  };
  return {
    status: byKey(statuses),
    type: byKey(types),
    category: byKey(categories),
    subtypeOf: (typeId) =>
      subtypes.find((subtype) => subtype.active && typeId !== null && subtype.typeIds.includes(typeId))?.id,
  };
}

const paths: Readonly<Record<Handling, readonly string[]>> = {
  untouched: [],
  answered: ['in-progress'],
  paused: ['data-requested'],
  'in-progress': ['in-progress'],
  'operator-notified': ['in-progress', 'operator-notified'],
  'handed-over': ['in-progress', 'operator-notified', 'handed-over'],
  'awaiting-confirmation': ['in-progress', 'awaiting-confirmation'],
  postponed: ['in-progress', 'postponed'],
  closed: ['in-progress', 'closed'],
};

const categoryOf: Readonly<Record<IncidentTypeKey, string>> = {
  'object-loss': 'emergency',
  'power-moscow': 'emergency',
  'power-regions': 'emergency',
  'power-employee': 'emergency',
  fibre: 'repair',
  authorities: 'maintenance',
  'site-access': 'maintenance',
  structure: 'repair',
  planned: 'maintenance',
};

/** From the first letter: a lesson's incidents are up to hours old, and none is postponed into the past. */
const postponedForMs = 30 * 3_600_000;

/** A pole's code, as people and robots write it. */
const pole = /(?<![\p{L}\d-])\d{5}-(?:P|\d{1,2})-\d{2}(?:-\d+){0,2}(?![\p{L}\d])/u;

type Work = {
  readonly rpc: Rpc;
  readonly lists: Lists;
  readonly type: IncidentTypeKey | undefined;
  readonly handling: Handling;
};

/** What a dispatcher does with a new incident: reads it, says what it is and where, and takes it as far as `handling`. */
export async function handleIncident(
  incident: IncidentRow,
  { rpc, lists, type, handling }: Work,
): Promise<void> {
  const { id } = incident;
  await rpc.incidents.markRead({ id });
  const typeId = type === undefined ? undefined : lists.type(type);
  if (typeId !== undefined && incident.typeId === null)
    await rpc.incidents.setType({ ...(await current(rpc, id)), typeId });
  const asset = incident.asset === '' ? await findAsset(rpc, incident) : undefined;
  const categoryId = type === undefined ? undefined : lists.category(categoryOf[type]);
  await rpc.incidents.edit({
    ...(await current(rpc, id)),
    ...(asset === undefined ? {} : { asset }),
    ...(categoryId === undefined ? {} : { categoryIds: [categoryId] }),
  });
  await follow(id, paths[handling], { rpc, lists });
  if (handling === 'answered') await answer(rpc, id, 'accepted');
  if (handling === 'paused')
    await rpc.incidents.pauseClock({
      ...(await current(rpc, id)),
      reason: 'Ждём допуск на площадку от собственника',
    });
  await rpc.incidents.acknowledge({ ids: [id] });
}

/** Sets one status after another; one the desk has no more is left out. */
export async function follow(
  id: number,
  keys: readonly string[],
  { rpc, lists }: Pick<Work, 'rpc' | 'lists'>,
): Promise<void> {
  for (const key of keys) {
    const statusId = lists.status(key);
    if (statusId === undefined) continue;
    const now = await current(rpc, id);
    if (key === 'closed') await close(now, statusId, { rpc, lists });
    else if (key === 'postponed') {
      const { row } = await rpc.incidents.card({ id });
      const until = row.registeredAt + postponedForMs;
      await rpc.workflow.postpone({ ...now, until, reason: 'Ждём допуск на площадку' });
    } else await rpc.incidents.setStatus({ ...now, statusId });
  }
}

/** With what closing asks for: a subtype where the type has any. */
async function close(
  now: { readonly id: number; readonly expected: number },
  statusId: number,
  { rpc, lists }: Pick<Work, 'rpc' | 'lists'>,
): Promise<void> {
  const { row } = await rpc.incidents.card({ id: now.id });
  const typeId = row.typeId ?? lists.type('fibre');
  const subtypeId = lists.subtypeOf(typeId ?? null);
  await rpc.workflow.close({
    ...now,
    statusId,
    ...(typeId === undefined ? {} : { typeId }),
    ...(subtypeId === undefined ? {} : { subtypeId }),
  });
}

/** The letter of a template to whoever wrote. */
export async function answer(rpc: Rpc, incidentId: number, templateKey: string): Promise<void> {
  const { draft } = await rpc.drafts.begin({ incidentId, mode: 'reply', templateKey });
  await rpc.outbox.send({ draftId: draft.id });
}

async function findAsset(rpc: Rpc, { id, title }: IncidentRow): Promise<string | undefined> {
  const { entries } = await rpc.incidents.timeline({ id });
  const texts = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.subject, entry.text] : []));
  return pole.exec([title, ...texts].join('\n'))?.[0];
}

/** The incident as it is now: each change makes the earlier revision stale. */
async function current(rpc: Rpc, id: number): Promise<{ readonly id: number; readonly expected: number }> {
  const { revision } = await rpc.incidents.rows({ ids: [id] });
  return { id, expected: revision };
}
