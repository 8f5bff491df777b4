import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'chats' | 'directory'>;

export function chatHandlers(parts: DeskParts): Groups {
  const { chats, desk } = parts;
  return {
    chats: {
      list: (input) => chats.list({ ...input, now: desk.clock.now() }),
      open: ({ id }, context) => chats.open(id, actorOf(context)),
      history: ({ id, ...page }) => chats.history({ chatId: id, ...page }),
      search: (input) => ({ hits: parts.chatSearch.find(input) }),
      forIncident: ({ incidentId }, context) => ({
        chats: chats.forIncident(incidentId, actorOf(context)),
      }),
      send: (input, context) => chats.send(input, actorOf(context)),
      saveDraft({ chatId, incidentId, ...draft }, context) {
        chats.saveDraft({ personId: actorOf(context), chatId, incidentId }, draft);
        return {};
      },
      markRead({ id, upTo }) {
        chats.markRead(id, upTo);
        return {};
      },
      openIncident: ({ messageIds }, context) => chats.openIncident(messageIds, actorOf(context)),
      joinIncident: ({ messageIds, incidentId }, context) =>
        chats.joinIncident(messageIds, incidentId, actorOf(context)),
      saveRule: (rule, context) =>
        withUndo(parts.desk, () => ({ id: chats.saveRule(rule, actorOf(context)) })),
      removeRule: ({ id }, context) =>
        withUndo(parts.desk, () => {
          chats.removeRule(id, actorOf(context));
          return {};
        }),
      setContact: (input, context) =>
        withUndo(parts.desk, () => {
          chats.setContact(input, actorOf(context));
          return {};
        }),
      ...engineHandlers(parts),
    },
    directory: {
      list: ({ text }) => ({ contacts: chats.findContacts(text) }),
      save: (input, context) =>
        withUndo(parts.desk, () => ({ id: chats.saveContact(input, actorOf(context)) })),
    },
  };
}

/** What needs the living connection. */
function engineHandlers({
  chatEngine,
}: DeskParts): Pick<Groups['chats'], 'loadOlder' | 'download' | 'cancelDownload' | 'transfers' | 'typing'> {
  return {
    loadOlder: ({ id, beforeServerId }) => chatEngine.loadOlder(id, beforeServerId),
    async download({ fileId }) {
      await chatEngine.download(fileId);
      return {};
    },
    async cancelDownload({ fileId }) {
      chatEngine.cancelDownload(fileId);
      return {};
    },
    async *transfers(_input, { signal }) {
      for await (const transfers of chatEngine.transfers(signal)) yield { transfers: [...transfers] };
    },
    async *typing(_input, { signal }) {
      for await (const typing of chatEngine.typing(signal)) yield { typing: [...typing] };
    },
  };
}
