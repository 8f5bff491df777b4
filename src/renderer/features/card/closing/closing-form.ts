import type { Subtype } from '../../../../shared/contract/settings.ts';
import type { ClosingProblem } from '../../../../shared/contract/workflow.ts';
import { fromWall, toWall } from '../../../lib/wall-time.ts';

/** What is put into the dialog, as it stands in its fields. */
export type ClosingForm = {
  readonly typeId: number | null;
  readonly subtypeId: number | null;
  readonly repairPriorityId: number | null;
  /** By work; what was not touched ends at the moment of closing. */
  readonly ends: Readonly<Record<string, string>>;
  /** A priority that no repair stands behind goes. */
  readonly takesPriority: boolean;
};

type Running = Extract<ClosingProblem, { kind: 'work-running' }>;
type Blocker = Extract<ClosingProblem, { kind: 'blocker' }>;

/** What the dialog asks for, worked out anew with each choice. */
export type Wanted = {
  readonly type: boolean;
  readonly subtypes: readonly Subtype[];
  readonly works: readonly Running[];
  readonly priority: boolean;
  readonly lonelyPriority: number | null;
  readonly blockers: readonly Blocker[];
};

const minuteMs = 60_000;

/** A subtype that belongs to the chosen type stays; another is asked for where the type has any. */
export function wantedBy(
  problems: readonly ClosingProblem[],
  form: ClosingForm,
  known: { readonly subtypeId: number | null; readonly subtypes: readonly Subtype[] },
): Wanted {
  const { typeId } = form;
  const offered = known.subtypes.filter(
    ({ active, typeIds }) => active && typeId !== null && typeIds.includes(typeId),
  );
  const stays = known.subtypes.some(
    ({ id, typeIds }) => id === known.subtypeId && typeId !== null && typeIds.includes(typeId),
  );
  const lonely = problems.find((problem) => problem.kind === 'priority-without-repair');
  return {
    type: problems.some(({ kind }) => kind === 'no-type'),
    subtypes: stays ? [] : offered,
    works: problems.filter((problem) => problem.kind === 'work-running'),
    priority: problems.some(({ kind }) => kind === 'repair-without-priority'),
    lonelyPriority: lonely?.repairPriorityId ?? null,
    blockers: problems.filter((problem) => problem.kind === 'blocker'),
  };
}

/** When the work ended, or null when the field says what cannot be. */
export function endOf(work: Running, text: string | undefined, now: number, zone: string): number | null {
  if (text === undefined) return Math.max(now, work.startedAt);
  const at = fromWall(text, zone);
  if (at === null || at > now + minuteMs) return null;
  // A field tells minutes: the minute it began in is not before it began.
  if (at < work.startedAt) return toWall(work.startedAt, zone) === text ? work.startedAt : null;
  return at;
}

export function isReady(wanted: Wanted, form: ClosingForm, now: number, zone: string): boolean {
  return (
    (!wanted.type || form.typeId !== null) &&
    (wanted.subtypes.length === 0 || wanted.subtypes.some(({ id }) => id === form.subtypeId)) &&
    wanted.works.every((work) => endOf(work, form.ends[work.work], now, zone) !== null) &&
    (!wanted.priority || form.repairPriorityId !== null) &&
    (wanted.lonelyPriority === null || form.takesPriority) &&
    wanted.blockers.length === 0
  );
}

/** What the command is given: only what was asked for. */
export function toMends(wanted: Wanted, form: ClosingForm, now: number, zone: string) {
  const { typeId, subtypeId, repairPriorityId } = form;
  return {
    ...(wanted.type && typeId !== null ? { typeId } : {}),
    ...(wanted.subtypes.length > 0 && subtypeId !== null ? { subtypeId } : {}),
    ...(wanted.works.length > 0
      ? {
          endWorks: wanted.works.map((work) => ({
            kind: work.work,
            at: endOf(work, form.ends[work.work], now, zone) ?? now,
          })),
        }
      : {}),
    ...(wanted.priority ? { repairPriorityId } : {}),
    ...(wanted.lonelyPriority === null ? {} : { repairPriorityId: null }),
  };
}
