import type { OnCallOverride, OnCallRule } from '../../shared/contract/technicians.ts';
import type { RosterFacts } from '../../shared/domain/reaching-facts.ts';
import { onCallStretches } from '../../shared/domain/on-call.ts';
import { isZone } from '../../shared/domain/roster.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { TechnicianParts } from './technicians.ts';

export type Span = { readonly from: number; readonly to: number };

export type AddOverride = Span & {
  readonly contactId: number;
  readonly onDuty: boolean;
  readonly reason: string;
};

export type Swap = Span & {
  readonly contactId: number;
  /** Who stands in. */
  readonly withId: number;
  readonly back: Span | null;
  readonly reason: string;
};

/** A year: a longer one is a mistyped date. */
const longestMs = 366 * 86_400_000;

/** Throws `invalid-input` (reason `zone-unknown`). */
export function saveOnCallRules(
  { db, journal, technicians, onCall }: TechnicianParts,
  contactId: number,
  rules: readonly Omit<OnCallRule, 'contactId'>[],
  actor: number,
): void {
  const unknown = rules.find(({ zone }) => !isZone(zone));
  if (unknown) {
    throw new AppError('invalid-input', { details: { reason: 'zone-unknown', zone: unknown.zone } });
  }
  db.transact((revision) => {
    const { name } = technicians.require(contactId);
    const before = rulesOf({ onCall }, contactId);
    onCall.setRules(contactId, rules, revision);
    journal.append({
      kind: 'technician.on-call-saved',
      subject: 'contact',
      subjectId: contactId,
      actorId: actor,
      facts: { name, rules: rules.length, before, after: rulesOf({ onCall }, contactId) },
    });
    db.touch('technician');
  });
}

export function rulesOf({ onCall }: Pick<TechnicianParts, 'onCall'>, contactId: number): RosterFacts[] {
  return onCall
    .rules()
    .filter((rule) => rule.contactId === contactId)
    .map(({ contactId: _contact, ...rule }) => rule);
}

/** Throws `invalid-input` (reason `span-wrong`). */
export function addOverride(parts: TechnicianParts, input: AddOverride, actor: number): number {
  requireSpan(input);
  const { from, to, ...override } = input;
  return add(
    parts,
    [{ ...override, fromAt: from, toAt: to, insteadOfId: null, swap: null, ...made(parts, actor) }],
    actor,
  );
}

/**
 * One stands in for another, and with `back` the other way round then. Throws `invalid-input` (reasons `span-wrong`,
 * `swap-with-self`) and `conflict` (reason `no-duty-then`): without a duty there is nothing to stand in for.
 */
export function swapDuty(parts: TechnicianParts, input: Swap, actor: number): number {
  const { contactId, withId, from, to, back, reason } = input;
  if (contactId === withId) throw new AppError('invalid-input', { details: { reason: 'swap-with-self' } });
  requireSpan({ from, to });
  if (back) {
    requireSpan(back);
    if (back.from < to && from < back.to) throw wrongSpan();
  }
  const swap = uuidv7(parts.clock.now(), parts.random.bytes(10));
  const half = (stands: number, instead: number, span: Span) => {
    requireDuty(parts, instead, span);
    return {
      contactId: stands,
      onDuty: true,
      fromAt: span.from,
      toAt: span.to,
      insteadOfId: instead,
      swap,
      reason,
      ...made(parts, actor),
    };
  };
  return parts.db.transact(() =>
    add(
      parts,
      [half(withId, contactId, { from, to }), ...(back ? [half(contactId, withId, back)] : [])],
      actor,
    ),
  );
}

/** Of a swap both halves. Throws `not-found` (reason `on-call-override`). */
export function removeOverride(parts: TechnicianParts, id: number, actor: number): void {
  const { db, journal, technicians, onCall } = parts;
  db.transact(() => {
    const found = onCall.findOverride(id);
    if (!found) throw new AppError('not-found', { details: { reason: 'on-call-override', id } });
    const overrides = found.swap === null ? [found] : onCall.ofSwap(found.swap);
    for (const override of overrides) onCall.removeOverride(override.id);
    journal.append({
      kind: 'technician.override-removed',
      subject: 'contact',
      subjectId: found.contactId,
      actorId: actor,
      facts: { name: technicians.find(found.contactId)?.name ?? '', overrides },
    });
    db.touch('technician');
  });
}

/** Removed ones stand again where they stood among the others, as far as their places are free. */
export function putBackOverrides(
  parts: TechnicianParts,
  overrides: readonly OnCallOverride[],
  actor: number,
): void {
  add(
    parts,
    overrides.map(({ id, ...override }) => (parts.onCall.findOverride(id) ? override : { ...override, id })),
    actor,
  );
}

type NewOverride = Omit<OnCallOverride, 'id'> & { readonly id?: number };

/** The id of the first. */
function add(parts: TechnicianParts, rows: readonly NewOverride[], actor: number): number {
  const { db, journal, technicians, onCall } = parts;
  return db.transact((revision) => {
    for (const { contactId, insteadOfId } of rows) {
      technicians.require(contactId);
      if (insteadOfId !== null) technicians.require(insteadOfId);
    }
    const overrides = rows.map((row) => ({ ...row, id: onCall.insertOverride(row, revision) }));
    const [first] = overrides;
    if (!first) throw new Error('An override has at least one row');
    journal.append({
      kind: 'technician.override-added',
      subject: 'contact',
      subjectId: first.contactId,
      actorId: actor,
      facts: { name: technicians.require(first.contactId).name, overrides },
    });
    db.touch('technician');
    return first.id;
  });
}

function made({ clock }: TechnicianParts, actor: number) {
  return { createdBy: actor, createdAt: clock.now() };
}

function requireSpan({ from, to }: Span): void {
  if (to <= from || to - from > longestMs) throw wrongSpan();
}

function wrongSpan(): AppError {
  return new AppError('invalid-input', { details: { reason: 'span-wrong' } });
}

function requireDuty({ onCall }: TechnicianParts, contactId: number, { from, to }: Span): void {
  const plan = { rules: onCall.rules(), overrides: onCall.overridesBetween(from, to) };
  const stretches = onCallStretches(plan, { startsAt: from, endsAt: to });
  if (!stretches.some((stretch) => stretch.contactId === contactId)) {
    throw new AppError('conflict', { details: { reason: 'no-duty-then' } });
  }
}
