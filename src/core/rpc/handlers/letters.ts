import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { beginDraft, toDraft } from '../../letters/begin-draft.ts';
import { sendAgain, settle } from '../../letters/letter-outcomes.ts';
import { sendLetter } from '../../letters/send-letter.ts';
import { takeBack } from '../../letters/take-back.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'drafts' | 'outbox' | 'quarantine'>;

const completions = 8;

export function letterHandlers(parts: DeskParts): Groups {
  const { desk, quarantine } = parts;
  return {
    drafts: {
      list: (_input, context) => ({ drafts: desk.drafts.ofPerson(actorOf(context)).map(toDraft) }),
      forIncident({ incidentId }, context) {
        const found = desk.drafts.latest(actorOf(context), incidentId);
        return { draft: found ? toDraft(found) : null };
      },
      begin: (input, context) => ({ draft: beginDraft(desk, input, actorOf(context)) }),
      save({ id, recipients, subject, body, attachments, accountId }, context) {
        const draft = desk.drafts.require(id, actorOf(context));
        const updatedAt = desk.clock.now();
        desk.db.transact((revision) => {
          const next = {
            ...draft,
            recipients: recipients ?? draft.recipients,
            subject: subject ?? draft.subject,
            body: body ?? draft.body,
            attachments: attachments ?? draft.attachments,
            accountId: accountId ?? draft.accountId,
            updatedAt,
          };
          desk.drafts.save(next, revision);
          desk.db.touch('draft');
        });
        return { updatedAt };
      },
      discard({ id }, context) {
        desk.db.transact(() => {
          desk.drafts.remove(desk.drafts.require(id, actorOf(context)).id);
          desk.db.touch('draft');
        });
        return {};
      },
      completeAddress: ({ text }) => ({ addresses: parts.addresses.complete(text, completions) }),
    },
    outbox: {
      list: ({ all }) => ({ rows: desk.outbox.rows(all) }),
      attempts: ({ id }) => ({ attempts: desk.outbox.attempts(id) }),
      send: ({ draftId, force }, context) => sendLetter(desk, draftId, force, actorOf(context)),
      takeBack({ id }, context) {
        if (desk.outbox.require(id).channel === 'mail') {
          return { draftId: takeBack(desk, id, actorOf(context)) };
        }
        parts.chats.takeBack(id, actorOf(context));
        return { draftId: null };
      },
      sendAgain({ id }, context) {
        sendAgain(desk, id, actorOf(context));
        return {};
      },
      settle({ id }, context) {
        if (desk.outbox.require(id).channel === 'mail') settle(desk, id, actorOf(context));
        else parts.chats.settle(id, actorOf(context));
        return {};
      },
    },
    quarantine: {
      list: async () => ({ rows: [...(await quarantine.list())] }),
      retry({ rawId }, context) {
        quarantine.retry(rawId, actorOf(context));
        return {};
      },
      open: ({ rawId }, context) => quarantine.open(rawId, actorOf(context)),
      release: ({ rawId }, context) =>
        withUndo(desk, () => {
          quarantine.release(rawId, actorOf(context));
          return {};
        }),
    },
  };
}
