import type { Address } from '../../shared/contract/common.ts';
import type { Recipients } from '../../shared/contract/letters.ts';
import type { AddressSource, MissingAddress, Template } from '../../shared/contract/templates.ts';
import type { AddressOrigin } from '../../shared/domain/letter-parties.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { LetterAsset } from '../db/letter-fact-store.ts';
import type { LetterParts } from './parts.ts';
import { isMailAddress, othersOf, uniqueAddresses } from './recipients.ts';

export type LetterThreadTo = {
  readonly party: Template['audience'];
  readonly addresses: readonly string[];
  /** The letter it answers; null begins the thread. */
  readonly sourceId: number | null;
};

export type LetterAddresses = {
  readonly recipients: Recipients;
  readonly origins: readonly AddressSource[];
  readonly missing: MissingAddress | null;
  /** One letter for each. */
  readonly threads: readonly LetterThreadTo[];
};

type Found = { readonly addresses: readonly string[]; readonly from: AddressOrigin; readonly of: string };

/** To whom a template letter goes, why to them, and in which threads. */
export function addressesFor(
  parts: LetterParts,
  incident: IncidentRecord,
  { audience, thread }: Pick<Template, 'audience' | 'thread'>,
): LetterAddresses {
  if (audience === 'applicant') return toApplicant(parts, incident, thread);
  if (audience === 'contractors') return toEngaged(parts, incident);
  const assets = parts.letterFacts.assets(incident.id);
  const found = audience === 'emergency' ? emergencyOf(parts, assets) : repairOf(assets);
  const to = found ?? defaultOf(parts);
  if (!to) {
    return {
      ...nowhere,
      missing: audience === 'emergency' ? missingEmergency(assets) : missingRepair(assets),
    };
  }
  const known = parts.letterFacts
    .contractorThreads(incident.id)
    .findLast(
      ({ party, addresses }) =>
        party === audience && to.addresses.some((one) => addresses.includes(one.toLowerCase())),
    );
  return {
    recipients: toOnly(to.addresses),
    origins: to.addresses.map((address) => ({ address, from: to.from, of: to.of })),
    missing: null,
    threads: [{ party: audience, addresses: to.addresses, sourceId: known?.lastMessageId ?? null }],
  };
}

const nowhere: LetterAddresses = {
  recipients: { to: [], cc: [], bcc: [] },
  origins: [],
  missing: null,
  threads: [],
};

function toApplicant(
  parts: LetterParts,
  incident: IncidentRecord,
  thread: Template['thread'],
): LetterAddresses {
  const firstId = parts.letterFacts.firstLetter(incident.id);
  const first = firstId === undefined ? undefined : parts.views.find(firstId);
  const others = othersOf(parts.accounts());
  const writer = first && (first.replyTo.length > 0 ? first.replyTo : [first.from]);
  const to = first && writer ? others([...writer, ...first.to]) : [];
  if (first && to.length > 0) {
    const taken = new Set(to.map(({ address }) => address.toLowerCase()));
    const cc = others(first.cc).filter(({ address }) => !taken.has(address.toLowerCase()));
    const all = [...to, ...cc].map(({ address }) => address);
    return {
      recipients: { to, cc, bcc: [] },
      origins: all.map((address) => ({ address, from: 'first-letter', of: first.subject })),
      missing: null,
      threads: [{ party: 'applicant', addresses: all, sourceId: thread === 'first' ? first.id : null }],
    };
  }
  const { applicantAddress: address, applicantName: name } = incident;
  if (!isMailAddress(address)) return { ...nowhere, missing: missing('applicant', name) };
  return {
    recipients: { to: [{ name, address }], cc: [], bcc: [] },
    origins: [{ address, from: 'applicant', of: name }],
    missing: null,
    threads: [{ party: 'applicant', addresses: [address], sourceId: null }],
  };
}

/** Everybody work was handed over to, whichever kind of work it was. */
function toEngaged(parts: LetterParts, incident: IncidentRecord): LetterAddresses {
  const own = new Set(parts.accounts().map(({ address }) => address.toLowerCase()));
  const threads = parts.letterFacts
    .contractorThreads(incident.id)
    .map(({ party, lastMessageId, addresses }) => ({
      party,
      addresses: addresses.filter((address) => !own.has(address)),
      sourceId: lastMessageId,
    }))
    .filter(({ addresses }) => addresses.length > 0);
  if (threads.length === 0) return { ...nowhere, missing: missing('engaged', '') };
  const all = [...new Set(threads.flatMap(({ addresses }) => addresses))];
  return {
    recipients: toOnly(all),
    origins: threads.flatMap(({ addresses, party }) =>
      addresses.map((address) => ({ address, from: 'thread' as const, of: party })),
    ),
    missing: null,
    threads,
  };
}

function emergencyOf(parts: LetterParts, assets: readonly LetterAsset[]): Found | undefined {
  for (const { emails, code, contractorId, contractor } of assets) {
    const own = mailOnly(emails);
    if (own.length > 0) return { addresses: own, from: 'asset', of: code };
    const usual = contractorId === null ? [] : mailOnly(parts.letterFacts.emailsOf(contractorId));
    if (usual.length > 0) return { addresses: usual, from: 'contractor', of: contractor };
  }
  return undefined;
}

function repairOf(assets: readonly LetterAsset[]): Found | undefined {
  for (const { region, repairEmail } of assets) {
    const addresses = mailOnly(repairEmail.split(/[,;\s]+/));
    if (addresses.length > 0) return { addresses, from: 'region', of: region };
  }
  return undefined;
}

function defaultOf(parts: LetterParts): Found | undefined {
  const addresses = mailOnly(parts.letterSettings().contractorEmails);
  return addresses.length === 0 ? undefined : { addresses, from: 'default', of: '' };
}

function missingEmergency(assets: readonly LetterAsset[]): MissingAddress {
  const [first] = assets;
  if (!first) return missing('asset', '');
  const contracted = assets.find(({ contractorId }) => contractorId !== null);
  if (!contracted) return { ...missing('contractor', first.code), assetId: first.id };
  return { ...missing('contractor-email', contracted.contractor), contactId: contracted.contractorId };
}

function missingRepair(assets: readonly LetterAsset[]): MissingAddress {
  const [first] = assets;
  if (!first) return missing('asset', '');
  const placed = assets.find(({ regionId }) => regionId !== null);
  return placed
    ? missing('region-email', placed.region)
    : { ...missing('region', first.code), assetId: first.id };
}

function missing(what: MissingAddress['what'], name: string): MissingAddress {
  return { what, name, assetId: null, contactId: null };
}

function mailOnly(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.trim()).filter((address) => address.includes('@')))];
}

function toOnly(addresses: readonly string[]): Recipients {
  const to: Address[] = uniqueAddresses(addresses.map((address) => ({ name: '', address })));
  return { to, cc: [], bcc: [] };
}
