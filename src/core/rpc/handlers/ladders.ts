import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { addressStateOf, confirmCode, sendCode, setAddressDead } from '../../notify/address-check.ts';
import { addressesOf } from '../../notify/addresses-of.ts';
import {
  ladderOwners,
  laddersOf,
  limitOf,
  listGroups,
  receiptsByChannel,
  saveGroup,
  saveLadder,
  saveLimit,
} from '../../notify/ladder-desk.ts';
import { previewLadder } from '../../notify/preview-ladder.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'ladders'>;

export function laddersHandlers({ reach: { ladders: parts, parties } }: DeskParts): Groups {
  return {
    ladders: {
      owners: () => ({ owners: ladderOwners(parts) }),
      of: ({ owner }) => ({
        ladders: laddersOf(parts, owner),
        defaults: laddersOf(parts, null),
        limit: owner ? limitOf(parts, owner) : noLimit,
        addresses: owner ? addressesOf(parts, owner).map((address) => addressStateOf(parts, address)) : [],
        receipts: receiptsByChannel(parts),
      }),
      save: ({ owner, ladder }, context) =>
        saveLadder(parts, { owner, urgency: ladder.urgency, ladder }, actorOf(context)),
      remove: ({ owner, urgency }, context) =>
        saveLadder(parts, { owner, urgency, ladder: undefined }, actorOf(context)),
      saveLimit: (input, context) => saveLimit(parts, input, actorOf(context)),
      preview: ({ to, urgency }) => ({ parties: to.map((party) => previewLadder(parts, party, urgency)) }),
      parties: ({ text, limit }) => ({ parties: parties.find(text, limit) }),
      groups: () => ({ groups: listGroups(parts) }),
      saveGroup: (input, context) => saveGroup(parts, input, actorOf(context)),
      addressStates: ({ addresses }) => ({
        states: addresses.map((address) => addressStateOf(parts, address)),
      }),
      sendCode: (input, context) => sendCode(parts, input, actorOf(context)),
      confirmCode: (input, context) => confirmCode(parts, input, actorOf(context)),
      setDead: (input, context) => setAddressDead(parts, input, actorOf(context)),
    },
  };
}

const noLimit = { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null };
