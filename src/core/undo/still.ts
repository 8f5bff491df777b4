import { AppError } from '../../shared/errors.ts';

/** Throws `conflict` (reason `changed-since`) unless both say the same, whatever the order of their keys. */
export function requireSame(current: unknown, wanted: unknown): void {
  if (stable(current) !== stable(wanted)) throw changedSince();
}

export function changedSince(): AppError {
  return new AppError('conflict', { details: { reason: 'changed-since' } });
}

export function notUndoable(): AppError {
  return new AppError('conflict', { details: { reason: 'not-undoable' } });
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
