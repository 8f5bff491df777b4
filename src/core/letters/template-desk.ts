import type { Template, LetterFact } from '../../shared/contract/templates.ts';
import type { Recipients } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import { findCodes } from '../../shared/domain/incident-code.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { Undo } from '../incidents/parts.ts';
import { subjectOf } from './begin-draft.ts';
import { addressesFor } from './letter-addresses.ts';
import { factsOf } from './letter-facts.ts';
import type { LetterParts } from './parts.ts';
import { renderTemplate, unknownFacts } from './render-template.ts';

type Written = Omit<Template, 'id' | 'key' | 'position' | 'automatic'>;

/** Throws `not-found` (reason `template`). */
export function saveTemplate(
  parts: LetterParts,
  { id, ...written }: Written & { readonly id: number | null },
  actor: number,
): Undo & { readonly id: number } {
  return parts.db.transact((revision) => {
    const all = parts.reference.templates();
    const before = id === null ? fresh(parts, all) : found(all, id);
    const { key, id: known } = before;
    const saved = parts.reference.saveTemplate({ ...before, ...written }, revision);
    const after = parts.reference.template(key);
    const undo = tell(parts, { id: saved, key, before: known === null ? null : before, after }, actor);
    return { id: saved, undo };
  });
}

/** Throws `not-found`, `conflict` (reason `template-automatic`): what Pult itself writes with can only be edited. */
export function removeTemplate(parts: LetterParts, id: number, actor: number): Undo {
  return parts.db.transact((revision) => {
    const template = found(parts.reference.templates(), id);
    if (template.automatic) throw new AppError('conflict', { details: { reason: 'template-automatic' } });
    parts.reference.removeTemplate(id, parts.clock.now(), revision);
    return { undo: tell(parts, { id, key: template.key, before: template, after: null }, actor) };
  });
}

/** Those that are not named keep their places behind the named ones. */
export function orderTemplates(parts: LetterParts, ids: readonly number[], actor: number): void {
  parts.db.transact((revision) => {
    const all = parts.reference.templates();
    const named = ids.flatMap((id) => all.find((template) => template.id === id) ?? []);
    const rest = all.filter((template) => !ids.includes(template.id));
    for (const [position, { id }] of [...named, ...rest].entries()) {
      parts.reference.orderTemplate(id, position, revision);
    }
    const [first] = named;
    if (first) tell(parts, first, actor);
  });
}

export type PreviewInput = Pick<Template, 'subject' | 'body' | 'audience' | 'thread'> & {
  readonly incidentId: number;
};

export type Preview = Pick<Recipients, 'to' | 'cc'> & {
  readonly subject: string;
  readonly body: string;
  readonly unknown: string[];
};

/** How the letter would begin now, by this person's hand; nothing is written. */
export function previewTemplate(parts: LetterParts, input: PreviewInput, personId: number): Preview {
  const incident = parts.incidents.require(input.incidentId);
  const facts = Object.fromEntries(factsOf(parts, incident, personId).map(({ key, value }) => [key, value]));
  const { recipients, threads } = addressesFor(parts, incident, input);
  const answers = (threads[0]?.sourceId ?? null) !== null;
  const about = renderTemplate(input.subject, facts) || incident.title;
  return {
    subject: subjectOf(parts, incident, answers ? 'reply-all' : 'new', about),
    body: renderTemplate(input.body, facts),
    to: recipients.to,
    cc: recipients.cc,
    unknown: unknownFacts(`${input.subject}\n${input.body}`, facts),
  };
}

/** Of the incident of that code, or of the newest; a desk without any has no words to show. */
export function templateFacts(
  parts: LetterParts,
  code: string,
  personId: number,
): { readonly incident: IncidentRecord | undefined; readonly facts: readonly LetterFact[] } {
  const incident = code.trim() === '' ? newest(parts) : byCode(parts, code);
  return { incident, facts: incident ? factsOf(parts, incident, personId) : [] };
}

function newest(parts: LetterParts): IncidentRecord | undefined {
  const id = parts.letterFacts.newestIncident();
  return id === undefined ? undefined : parts.incidents.find(id);
}

/** The number alone will do. */
function byCode(parts: LetterParts, code: string): IncidentRecord | undefined {
  const prefix = parts.codePrefix();
  const [found] = findCodes(/^\s*\d+\s*$/.test(code) ? `${prefix}-${code.trim()}` : code, [prefix]);
  return found && parts.incidents.findByNumber(found.number);
}

function fresh(parts: LetterParts, all: readonly Template[]) {
  const known = new Set(parts.reference.templateKeys());
  let number = all.length + 1;
  while (known.has(`own-${number}`)) number += 1;
  return { id: null, key: `own-${number}`, position: all.length, automatic: false };
}

function found(all: readonly Template[], id: number): Template {
  const template = all.find((candidate) => candidate.id === id);
  if (!template) throw new AppError('not-found', { details: { reason: 'template' } });
  return template;
}

function tell(
  parts: LetterParts,
  {
    id,
    key,
    before,
    after,
  }: Pick<Template, 'id' | 'key'> & Pick<JournalFacts['reference.saved'], 'before' | 'after'>,
  actor: number,
): number {
  const sides = before === undefined || after === undefined ? {} : { before, after };
  const sequence = parts.journal.append({
    kind: 'reference.saved',
    subject: 'reference',
    subjectId: id,
    actorId: actor,
    facts: { list: 'template', key, ...sides },
  });
  parts.db.touch('reference');
  return sequence;
}
