import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { putBackOverrides, removeOverride, rulesOf, saveOnCallRules } from '../calls/on-call.ts';
import {
  fieldsOf,
  requireSkill,
  saveSkill,
  saveTechnician,
  type TechnicianParts,
  wordsOf,
} from '../calls/technicians.ts';
import type { JournalRow } from '../db/journal-store.ts';
import { notUndoable, requireSame } from './still.ts';

type Parts = { readonly technicians: TechnicianParts };
type At = { readonly entry: JournalRow; readonly actor: number };
type TechnicianKind = Extract<keyof JournalFacts, `technician.${string}`>;
type Takers = {
  readonly [K in TechnicianKind]: (parts: Parts, facts: JournalFacts[K], at: At) => void;
};

/** Technicians, their skills and who of them is on call, as they stood before. */
export const technicianTakers: Takers = {
  'technician.saved': ({ technicians: parts }, { before, after }, { entry, actor }) => {
    const contactId = entry.subjectId;
    requireSame(fieldsOf(parts.technicians.require(contactId)), after);
    if (!before) throw notUndoable();
    saveTechnician(parts, { ...before, contactId }, actor);
  },
  'technician.skill-saved': ({ technicians: parts }, { before, after }, { entry, actor }) => {
    const id = entry.subjectId;
    requireSame(wordsOf(requireSkill(parts.technicians, id)), after);
    if (!after) throw notUndoable();
    // A new one may be somebody's already: it is put out of use.
    saveSkill(parts, { ...(before ?? { ...after, active: false }), id }, actor);
  },
  'technician.on-call-saved': ({ technicians: parts }, { before, after }, { entry, actor }) => {
    requireSame(rulesOf(parts, entry.subjectId), after);
    if (!before) throw notUndoable();
    saveOnCallRules(parts, entry.subjectId, before, actor);
  },
  'technician.override-added': ({ technicians: parts }, { overrides }, { actor }) => {
    for (const override of overrides) requireSame(parts.onCall.findOverride(override.id), override);
    const [first] = overrides;
    if (first) removeOverride(parts, first.id, actor);
  },
  'technician.override-removed': ({ technicians: parts }, { overrides }, { actor }) => {
    putBackOverrides(parts, overrides, actor);
  },
};
