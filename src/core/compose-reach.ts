import { createWords } from '../shared/i18n/index.ts';
import type { Stores } from './compose-stores.ts';
import type { NotifyParts } from './notify/parts.ts';
import type { ReachDesk } from './notify/reach-desk.ts';
import type { RouteDeskParts } from './notify/route-desk.ts';

type Parts = Pick<RouteDeskParts, 'createDriver' | 'health' | 'secretBox'> & {
  readonly stores: Stores;
  readonly notify: NotifyParts;
};

/** Ways of sending, ladders, groups and addresses, as people set them up. */
export function composeReach({ stores, notify, ...parts }: Parts): ReachDesk {
  // People outside read what the desk sends in the desk's language.
  const { t } = createWords('ru');
  return {
    routes: { ...notify, ...parts },
    ladders: {
      ...notify,
      addressStates: stores.addressStates,
      checkWords: (code, minutes) => ({
        title: t('ladders.address.codeTitle'),
        text: t('ladders.address.codeText', { code, minutes }),
      }),
      deadByHand: () => t('ladders.address.byHand'),
      chatTitle: (routeId, party) =>
        stores.bindings.ofParty(party).find((binding) => binding.routeId === routeId)?.title,
    },
    parties: stores.partySearch,
  };
}
