import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { templateFacts } from '../../letters/template-desk.ts';
import { renderTemplate, unknownFacts } from '../../letters/render-template.ts';
import { climbView } from '../../notify/climb-view.ts';
import { composeNotice } from '../../notify/compose-notice.ts';
import { listTemplates, removeTemplate, saveTemplate } from '../../notify/notice-templates.ts';
import { acknowledgeNotices, cancelNotices, resendNotices } from '../../notify/several-notices.ts';
import { settleByHand } from '../../notify/settle-by-hand.ts';
import { dismissStray, placeStray, strayPage } from '../../notify/stray-answers.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'notifications'>;

/** More were told about one incident only in a flood; the list has them all. */
const mostOnCard = 30;

export function notificationsHandlers({ desk, notices, reports }: DeskParts): Groups {
  const { view } = notices;
  return {
    notifications: {
      list: (input) => view.page(input),
      rows: ({ ids }) => ({ rows: view.rows(ids) }),
      climb: ({ id }) => climbView(notices, id),
      ofIncident({ incidentId }) {
        const { ids, more } = view.ofIncident(incidentId, mostOnCard);
        return { climbs: ids.map((id) => climbView(notices, id)), more };
      },
      counts: () => view.counts(),
      compose: (input, context) => ({ ids: composeNotice(notices, input, actorOf(context)) }),
      resend: ({ ids }, context) => resendNotices(notices, ids, actorOf(context)),
      cancel: ({ ids }, context) => cancelNotices(notices, ids, actorOf(context)),
      acknowledge: ({ ids }, context) => acknowledgeNotices(notices, ids, actorOf(context)),
      settle(input, context) {
        settleByHand(notices, input, actorOf(context));
        return {};
      },
      templates: () => ({ templates: listTemplates(notices) }),
      saveTemplate: (input, context) => saveTemplate(notices, input, actorOf(context)),
      removeTemplate({ id }, context) {
        const { undo } = removeTemplate(notices, id, actorOf(context));
        return { undo };
      },
      render({ templateId, incidentId }, context) {
        const { title, text } = notices.templates.require(templateId);
        const code = incidentId === null ? undefined : desk.incidents.require(incidentId).code;
        const known = code === undefined ? [] : templateFacts(desk, code, actorOf(context)).facts;
        const facts = Object.fromEntries(known.map(({ key, value }) => [key, value]));
        return {
          title: renderTemplate(title, facts),
          text: renderTemplate(text, facts),
          unknown: unknownFacts(`${title}\n${text}`, facts),
        };
      },
      strays: ({ before }) => strayPage(notices, before),
      placeStray(input, context) {
        placeStray(notices, input, actorOf(context));
        return {};
      },
      dismissStray({ answerId }, context) {
        dismissStray(notices, answerId, actorOf(context));
        return {};
      },
      startExport: async (input) => reports.exports.startNotices(input),
    },
  };
}
