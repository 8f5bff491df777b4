import { findAssets } from '../assets/finding/find-assets.ts';
import type { Candidate, Finding, FindingText } from '../assets/finding/finding.ts';
import type { AssetIndexStore } from '../db/asset-index-store.ts';
import type { FoundAsset, IncidentDesk } from '../incidents/incident-desk.ts';
import type { Logger } from '../platform/logger.ts';
import type { Accepted } from './intake.ts';
import type { Letter } from './letter.ts';

type Parts = { readonly desk: IncidentDesk; readonly assetIndex: AssetIndexStore; readonly log: Logger };

/** Enough to reach the letter that named the object; more are quotes of quotes. */
const earlierLetters = 10;

/** What the incident is about, read from the letter that opened or joined it, in the letter's own transaction. */
export function findInLetter(parts: Parts, letter: Letter, { messageId, incidentId }: Accepted): void {
  const { desk } = parts;
  if (incidentId === null || letter.automatic || letter.direction === 'out') return;
  if (desk.hasAssets(incidentId)) return;
  const { source, text } = letter;
  findInWords(parts, incidentId, {
    subject: source.subject,
    body: text,
    thread: parts.assetIndex.earlierTexts(incidentId, messageId, earlierLetters),
    senderAddress: source.channel === 'mail' ? (source.from?.address ?? '') : '',
  });
}

/** Binds what the words name for sure and offers the rest. */
export function findInWords(parts: Parts, incidentId: number, words: Words): void {
  const found = read(parts, incidentId, words);
  const bind = found.bind.map(toFound);
  const offer = found.offer.map(toFound);
  if (bind.length + offer.length > 0) parts.desk.assetsFound(incidentId, { bind, offer });
}

type Words = Pick<FindingText, 'subject' | 'body' | 'thread'> & {
  /** Of a mailbox, or ''. */
  readonly senderAddress: string;
};

function read({ desk, assetIndex, log }: Parts, incidentId: number, words: Words): Finding {
  const { senderAddress, ...texts } = words;
  const senderDomain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1).toLowerCase();
  try {
    const codePrefixes = [desk.codePrefix(), ...desk.foreignPrefixes()];
    return findAssets({ ...texts, senderDomain, codePrefixes }, assetIndex);
  } catch (error) {
    // The letter and its incident matter more than the guess about them; a person can bind by hand.
    log.error({ err: error, incident: incidentId }, 'intake.finding-failed');
    return { bind: [], offer: [] };
  }
}

function toFound({ asset, rule, place, words, confidence }: Candidate): FoundAsset {
  const evidence = { rule, place, words };
  return { assetId: asset.id, foundBy: place, confidence: Math.round(confidence), evidence };
}
