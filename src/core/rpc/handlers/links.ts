import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { answerAll, answerView, takeBackAnswers } from '../../links/answer-all.ts';
import { completeIncident } from '../../links/complete-incident.ts';
import { leaveFlood } from '../../links/flood-desk.ts';
import { addLink, removeLink, setUnlike } from '../../links/link-incidents.ts';
import { floodPage, linksOf, toNamed } from '../../links/link-pages.ts';
import { mergeIncidents, partIncident } from '../../links/merge.ts';
import { moveLetters } from '../../links/move-letters.ts';
import { similarIncidents } from '../../links/similar.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function linksHandlers({ links }: DeskParts): Pick<Handlers<PultContract, Context>, 'links'> {
  return {
    links: {
      ofIncident: ({ incidentId }) => linksOf(links, incidentId),
      similar: ({ incidentId }) => ({
        similar: similarIncidents(links, incidentId).map(({ percent, reasons, ...row }) => ({
          ...toNamed(row),
          percent,
          reasons: [...reasons],
        })),
        revision: links.db.revision(),
      }),
      complete: ({ text, except }) => ({ incidents: completeIncident(links, text, except).map(toNamed) }),
      add: (input, context) => addLink(links, input, actorOf(context)),
      remove: (input, context) => removeLink(links, input, actorOf(context)),
      unlike({ incidentId, otherId }) {
        setUnlike(links, incidentId, otherId);
        return {};
      },
      merge: (input, context) => mergeIncidents(links, input, actorOf(context)),
      part: (input, context) => partIncident(links, input, actorOf(context)),
      moveLetters: (input, context) => moveLetters(links, input, actorOf(context)),
      floods: () => ({ floods: links.floods.views() }),
      flood: ({ id }) => floodPage(links, id),
      leaveFlood: ({ incidentId }, context) => leaveFlood(links, incidentId, actorOf(context)),
      answerAll: (input, context) => answerAll(links, input, actorOf(context)),
      answers: ({ batchId }) => answerView(links, batchId),
      takeBackAnswers: ({ batchId }, context) => takeBackAnswers(links, batchId, actorOf(context)),
    },
  };
}
