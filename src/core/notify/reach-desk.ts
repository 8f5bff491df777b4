import type { Party } from '../../shared/domain/reaching.ts';
import type { PartySearchStore } from '../db/party-search-store.ts';
import type { CheckParts } from './address-check.ts';
import type { RouteDeskParts } from './route-desk.ts';

/** What settings and the directory need of reaching people. */
export type ReachDesk = {
  readonly routes: RouteDeskParts;
  readonly ladders: CheckParts & {
    /** As a messenger names them; undefined where only the number of the chat is known. */
    readonly chatTitle: (routeId: number, party: Party) => string | undefined;
  };
  readonly parties: PartySearchStore;
};
