import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function dossierHandlers({ dossiers }: DeskParts): Pick<Handlers<PultContract, Context>, 'dossier'> {
  return { dossier: { take: (order, context) => dossiers.take({ ...order, actor: actorOf(context) }) } };
}
