import { createAssetIndexStore } from '../db/asset-index-store.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { openByHand, type OpenByHand } from '../incidents/open-incident.ts';
import type { Actor, IncidentParts } from '../incidents/parts.ts';
import type { Logger } from '../platform/logger.ts';
import { findInWords } from './find-in-letter.ts';

export type OpenCall = OpenByHand & {
  /** Chosen in the registry; null looks for it in the words. */
  readonly assetId: number | null;
};

/**
 * A call with the asset it is about, in one transaction: the one that was chosen, else what its words name. Throws what
 * `openByHand` throws, and `not-found` for an asset that is not there.
 */
export function createOpenCall(parts: IncidentParts & { readonly log: Logger }) {
  const finding = {
    desk: createIncidentDesk(parts),
    assetIndex: createAssetIndexStore(parts.db),
    log: parts.log,
  };
  return ({ assetId, ...input }: OpenCall, actor: Actor) =>
    parts.db.transact(() => {
      const opened = openByHand(parts, input, actor);
      if (assetId !== null) bindAsset(parts, { incidentId: opened.id, assetId }, actor);
      else {
        const body = `${input.asset}\n${input.description}`;
        findInWords(finding, opened.id, {
          subject: input.title,
          body,
          thread: [],
          senderAddress: input.applicantAddress,
        });
      }
      return opened;
    });
}
