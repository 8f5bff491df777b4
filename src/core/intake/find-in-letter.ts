import { findAssets } from '../assets/finding/find-assets.ts';
import type { Candidate, Finding } from '../assets/finding/finding.ts';
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
  const found = read(parts, letter, incidentId, messageId);
  const bind = found.bind.map(toFound);
  const offer = found.offer.map(toFound);
  if (bind.length + offer.length > 0) desk.assetsFound(incidentId, { bind, offer });
}

function read(
  { desk, assetIndex, log }: Parts,
  { source, text }: Letter,
  incidentId: number,
  messageId: number,
): Finding {
  const sender = source.channel === 'mail' ? (source.from?.address ?? '').toLowerCase() : '';
  try {
    return findAssets(
      {
        subject: source.subject,
        body: text,
        thread: assetIndex.earlierTexts(incidentId, messageId, earlierLetters),
        senderDomain: sender.slice(sender.lastIndexOf('@') + 1),
        codePrefixes: [desk.codePrefix(), ...desk.foreignPrefixes()],
      },
      assetIndex,
    );
  } catch (error) {
    // The letter and its incident matter more than the guess about them; a person can bind by hand.
    log.error({ err: error, message: messageId }, 'intake.finding-failed');
    return { bind: [], offer: [] };
  }
}

function toFound({ asset, rule, place, words, confidence }: Candidate): FoundAsset {
  const evidence = { rule, place, words };
  return { assetId: asset.id, foundBy: place, confidence: Math.round(confidence), evidence };
}
