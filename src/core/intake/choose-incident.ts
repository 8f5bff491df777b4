import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import { findCodes, type FoundCode } from '../../shared/domain/incident-code.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { MessageStore } from '../db/message-store.ts';
import type { Letter } from './letter.ts';
import type { IntakeContext } from './parts.ts';
import type { Thread } from './thread.ts';

export type Choice = {
  readonly incidentId: number | undefined;
  readonly link: LinkEvidence;
  /** The headers' place was taken, not the code's. */
  readonly byHeaders: boolean;
  readonly notes: readonly string[];
};

type KnownCode = { readonly id: number; readonly code: string; readonly open: boolean };

/** Headers, then the code in the subject; where they disagree the open incident wins, and of two open ones the code. */
export function chooseIncident(
  { desk, messages }: { desk: IncidentDesk; messages: MessageStore },
  letter: Letter,
  thread: Thread,
): Choice {
  const codes = findCodes(letter.source.subject, [desk.codePrefix()]);
  const known = knownCode(desk, codes);
  for (const { number } of codes) desk.numberSeen(number);
  const headers = thread.place?.incidentId ?? undefined;
  const notes: string[] = codes.length > 0 && !known ? ['code-unknown'] : [];
  if (
    known === undefined ||
    (headers !== undefined && headers !== known.id && !known.open && desk.isOpen(headers))
  ) {
    const lost = known?.id ?? otherIncident(thread, headers);
    const link = { by: 'references', detail: thread.matched, ...other(desk, lost, headers) } as const;
    return { incidentId: headers, link: withoutEmpty(link), byHeaders: thread.place !== undefined, notes };
  }
  if (headers === known.id) {
    return {
      incidentId: headers,
      link: withoutEmpty({ by: 'references', detail: thread.matched }),
      byHeaders: true,
      notes,
    };
  }
  const sender = letter.source.from?.address ?? '';
  if (letter.direction === 'in' && !letter.automatic && !messages.knowsAddress(known.id, sender)) {
    notes.push('code-from-stranger');
  }
  const link = { by: 'code', detail: known.code, ...other(desk, headers, known.id) } as const;
  return { incidentId: known.id, link: withoutEmpty(link), byHeaders: false, notes };
}

/** Whoever work was handed over to may write anew with nothing but the code word they were given. */
export function byCodeWord({ handedOver, messages }: IntakeContext, letter: Letter, choice: Choice): Choice {
  if (choice.incidentId !== undefined || letter.direction === 'out' || letter.automatic) return choice;
  const named = handedOver?.(letter.source);
  if (!named) return choice;
  const { incidentId, code } = named;
  const isKnown = messages.knowsAddress(incidentId, letter.source.from?.address ?? '');
  const notes = isKnown ? choice.notes : [...choice.notes, 'code-from-stranger'];
  return { ...choice, incidentId, link: { by: 'code', detail: code }, notes };
}

function knownCode(desk: IncidentDesk, codes: readonly FoundCode[]): KnownCode | undefined {
  const known = codes.flatMap(({ number, code }) => {
    const incident = desk.findByNumber(number);
    return incident ? [{ id: incident.id, code, open: incident.open }] : [];
  });
  return known.find(({ open }) => open) ?? known.at(0);
}

/** A letter in the middle of a thread may tie together two incidents that were opened from its ends. */
function otherIncident(thread: Thread, chosen: number | undefined): number | undefined {
  return (
    thread.others.find(({ incidentId }) => incidentId !== null && incidentId !== chosen)?.incidentId ??
    undefined
  );
}

function other(desk: IncidentDesk, lost: number | undefined, chosen: number | undefined) {
  if (lost === undefined || lost === chosen || chosen === undefined) return {};
  return { otherIncidentId: lost, otherCode: desk.code(lost) };
}

function withoutEmpty({
  detail,
  ...link
}: Omit<LinkEvidence, 'detail'> & { detail: string | undefined }): LinkEvidence {
  return detail === undefined ? link : { ...link, detail };
}
