import type { Address } from '../../shared/contract/common.ts';
import type { LinkParts } from './parts.ts';

/** Whoever asked by mail: the incident's own applicant, then those of the incidents it took in, each once. */
export function applicantsOf(
  { incidents, merges }: Pick<LinkParts, 'incidents' | 'merges'>,
  incidentId: number,
): Address[] {
  const { applicantName: name, applicantAddress: address } = incidents.require(incidentId);
  const inner = merges
    .into(incidentId)
    .flatMap((merge) => applicantsOf({ incidents, merges }, merge.incidentId));
  const seen = new Set<string>();
  return [{ name, address }, ...inner].filter((applicant) => {
    const key = applicant.address.toLowerCase();
    // An applicant from a chat has a user name or nothing.
    if (!key.includes('@') || key.startsWith('@') || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
