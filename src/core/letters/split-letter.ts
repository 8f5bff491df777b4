import type { Template } from '../../shared/contract/templates.ts';
import type { Party } from '../../shared/domain/letter-parties.ts';
import type { DraftRecord } from '../db/draft-store.ts';
import { addressesFor } from './letter-addresses.ts';
import type { LetterParts } from './parts.ts';

/** One letter as it leaves, and with whom its conversation is held if it begins one. */
export type Leaving = Pick<DraftRecord, 'mode' | 'sourceId' | 'recipients'> & { readonly party: Party };

/**
 * A draft to all contractors leaves as one letter for each thread, so that none sees another. An address added by hand
 * goes with the first.
 */
export function splitLetter(
  parts: LetterParts,
  draft: DraftRecord,
  template: Template | undefined,
): readonly Leaving[] {
  const { mode, sourceId, recipients } = draft;
  const whole: Leaving = { mode, sourceId, recipients, party: partyOf(template) };
  if (template?.audience !== 'contractors' || draft.incidentId === null) return [whole];
  const { threads } = addressesFor(parts, parts.incidents.require(draft.incidentId), template);
  const left = new Map(recipients.to.map((one) => [one.address.toLowerCase(), one]));
  const letters = threads.flatMap(({ party, addresses, sourceId: answered }): Leaving[] => {
    const to = addresses.flatMap((address) => left.get(address.toLowerCase()) ?? []);
    for (const { address } of to) left.delete(address.toLowerCase());
    return to.length === 0
      ? []
      : [{ mode: 'reply-all', sourceId: answered, recipients: { to, cc: [], bcc: [] }, party }];
  });
  const [first, ...rest] = letters;
  if (!first) return [whole];
  const { cc, bcc } = recipients;
  return [{ ...first, recipients: { to: [...first.recipients.to, ...left.values()], cc, bcc } }, ...rest];
}

function partyOf(template: Template | undefined): Party {
  return template === undefined ? 'applicant' : template.audience;
}
