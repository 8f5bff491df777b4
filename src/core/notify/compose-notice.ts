import type { StoredFile } from '../../shared/contract/common.ts';
import type { Party, Urgency } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { NoticeParts } from './notice-parts.ts';
import { notify } from './notify.ts';

export type ComposeNotice = {
  readonly to: readonly Party[];
  /** Whoever is in two of them is told once. */
  readonly groupIds: readonly number[];
  readonly urgency: Urgency;
  readonly title: string;
  readonly text: string;
  readonly incidentId: number | null;
  readonly asks: boolean;
  readonly files: readonly StoredFile[];
};

const mostNamed = 10;

/** Tells several people the same, each by their own ladder. Throws `invalid-input` (reason `nobody-to-notify`). */
export function composeNotice(parts: NoticeParts, input: ComposeNotice, actor: number): number[] {
  const { urgency, title, text, incidentId, files } = input;
  return parts.db.transact((revision) => {
    const people = receivers(parts, input);
    if (people.length === 0) {
      throw new AppError('invalid-input', { details: { reason: 'nobody-to-notify' } });
    }
    const verbs = input.asks ? (['accepted'] as const) : [];
    const ids = people.map(({ party: to }) =>
      notify(
        parts,
        {
          to,
          kind: 'composed',
          incidentId,
          urgency,
          title,
          text,
          verbs,
          files,
          createdBy: actor,
          passesOn: true,
        },
        revision,
      ),
    );
    const names = people.slice(0, mostNamed).map(({ name }) => name);
    const facts = { ids, names, count: ids.length, urgency };
    parts.journal.append(
      incidentId === null
        ? {
            kind: 'notification.sent',
            subject: 'notification',
            subjectId: ids[0] ?? 0,
            actorId: actor,
            facts,
          }
        : { kind: 'incident.notified', subject: 'incident', subjectId: incidentId, actorId: actor, facts },
    );
    return ids;
  });
}

type Receiver = { readonly party: Party; readonly name: string };

/** Each once; whoever has left is passed over. */
function receivers(parts: NoticeParts, { to, groupIds }: ComposeNotice): readonly Receiver[] {
  const all = [...to, ...groupIds.flatMap((id) => parts.parties.members(id))];
  const once = new Map(all.map((party) => [`${party.kind} ${party.id}`, party]));
  return [...once.values()].flatMap((party) => {
    const name = nameOf(parts, party);
    return name === undefined ? [] : [{ party, name }];
  });
}

function nameOf({ contacts, people }: NoticeParts, { kind, id }: Party): string | undefined {
  if (kind === 'contact') {
    const contact = contacts.find(id);
    return contact?.active === true ? contact.name || contact.organisation : undefined;
  }
  const person = people.find(id);
  return person?.active === 1 ? person.name : undefined;
}
