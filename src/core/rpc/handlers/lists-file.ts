import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Group = Handlers<PultContract, Context>['keeping'];

export function listHandlers({
  keeping,
  desk,
}: DeskParts): Pick<Group, 'exportLists' | 'previewLists' | 'importLists' | 'undoLists'> {
  const { lists } = keeping;
  return {
    exportLists() {
      const day = new Date(desk.clock.now()).toISOString().slice(0, 10);
      return { fileName: `pult-lists-${desk.codePrefix()}-${day}.json`, text: lists.write() };
    },
    previewLists: async ({ text }) => ({ changes: lists.preview(text) }),
    importLists: ({ text }, context) => ({ undo: lists.read(text, actorOf(context)) }),
    undoLists({ sequence }, context) {
      lists.undo(sequence, actorOf(context));
      return {};
    },
  };
}
