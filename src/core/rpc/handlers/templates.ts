import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { aboutLetter } from '../../letters/letter-ready.ts';
import {
  orderTemplates,
  previewTemplate,
  removeTemplate,
  saveTemplate,
  templateFacts,
} from '../../letters/template-desk.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function templateHandlers({ desk }: DeskParts): Pick<Handlers<PultContract, Context>, 'templates'> {
  return {
    templates: {
      save: (input, context) => saveTemplate(desk, input, actorOf(context)),
      remove: ({ id }, context) => removeTemplate(desk, id, actorOf(context)),
      order({ ids }, context) {
        orderTemplates(desk, ids, actorOf(context));
        return {};
      },
      facts({ code }, context) {
        const { incident, facts } = templateFacts(desk, code, actorOf(context));
        const named = incident && { id: incident.id, code: incident.code, title: incident.title };
        return { incident: named ?? null, facts: [...facts] };
      },
      preview: (input, context) => previewTemplate(desk, input, actorOf(context)),
      about: ({ incidentId, key }) => aboutLetter(desk, incidentId, key),
    },
  };
}
