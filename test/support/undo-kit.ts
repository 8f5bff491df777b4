import { createAssets, type Assets } from '../../src/core/assets/create-assets.ts';
import { composeBindings } from '../../src/core/compose-bindings.ts';
import { composeLinks } from '../../src/core/compose-links.ts';
import { composeNotices } from '../../src/core/compose-notices.ts';
import { composeUndo } from '../../src/core/compose-undo.ts';
import { type Undone, undo } from '../../src/core/incidents/undo.ts';
import { createMoveLetter } from '../../src/core/intake/move-letter.ts';
import { createRuleDesk, type RuleDesk } from '../../src/core/intake/rule-desk.ts';
import { moveLetterBack } from '../../src/core/letters/move-letter.ts';
import { createMemoryCapabilities } from '../../src/core/platform/capabilities-memory.ts';
import type { ReachDesk } from '../../src/core/notify/reach-desk.ts';
import type { NoticeParts } from '../../src/core/notify/notice-parts.ts';
import type { LinkParts } from '../../src/core/links/parts.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createSettings, type Settings } from '../../src/core/settings/desk-settings.ts';
import { type ChatKit, createChatKit } from './chat-kit.ts';
import { notifyPartsOf, reachOf } from './reach-kit.ts';

export type UndoKit = ChatKit & {
  readonly rules: RuleDesk;
  readonly settings: Settings;
  readonly registry: Assets;
  readonly links: LinkParts;
  readonly reach: ReachDesk;
  readonly notices: NoticeParts;
  readonly undoParts: ReturnType<typeof composeUndo>;
  /** As the key does it; refused unless somebody is named. */
  takeBack(sequence: number | null, actor: number): Undone;
};

/** A desk where everything can be taken back. Tables are not read here, and nothing is in quarantine. */
export function createUndoKit(): UndoKit {
  const kit = createChatKit();
  const { db, desk, stores, clock } = kit;
  const rules = createRuleDesk({ db, rules: stores.rules, journal: desk.journal, clock });
  const settings = createSettings({
    db,
    store: stores.settings,
    incidents: stores.incidents,
    journal: desk.journal,
  });
  const registry = createAssets({
    ...stores,
    ...desk,
    log: silentLogger,
    secretBox: createMemoryCapabilities().secretBox,
    openTable: () => Promise.reject(new Error('No tables in this kit')),
    uploadFile: (sha256) => sha256,
    mayStore: () => true,
  });
  const moveRows = createMoveLetter({ db, clock, random: desk.random });
  const { links } = composeLinks({ desk, stores, moveRows, chats: kit.chats, log: silentLogger });
  const reach = reachOf(kit);
  const notices = composeNotices(notifyPartsOf(kit), stores);
  const undoParts = composeUndo({
    desk,
    reach,
    notices,
    links,
    rules,
    settings,
    assets: registry,
    views: stores.saved,
    chats: kit.chats,
    technicians: { ...desk, technicians: stores.technicians, onCall: stores.onCall },
    bindings: composeBindings({ desk, stores, driverOf: () => undefined }),
    calls: { mark: () => {}, contractor: () => {} },
    moveLetterBack: (facts, actor) => moveLetterBack(desk, moveRows, facts, actor),
    quarantine: {
      count: () => 0,
      list: () => Promise.resolve([]),
      retry: () => {},
      open: () => Promise.reject(new Error('Nothing is held in this kit')),
      release: () => {},
      holdAgain: () => {},
    },
  });
  return {
    ...kit,
    rules,
    settings,
    registry,
    links,
    reach,
    notices,
    undoParts,
    takeBack: (sequence, actor) => undo(undoParts, sequence ?? 0, actor),
  };
}
