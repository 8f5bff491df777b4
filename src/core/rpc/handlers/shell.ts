import type { PultContract } from '../../../shared/contract/index.ts';
import type { SystemState } from '../../../shared/contract/session.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { changeFeed } from '../change-feed.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'shell' | 'feed'>;

/** Health has no events of its own: it is looked at this often, and told when it differs. */
const lookMs = 1000;

export function shellHandlers(parts: DeskParts): Groups {
  const { desk, options, capabilities, settings, startNotes } = parts;
  return {
    shell: {
      describe: () => ({
        shell: options.shell,
        build: options.build,
        version: options.version,
        demo: options.training !== undefined,
        capabilities: {
          notifications: capabilities.notifier.available,
          badge: capabilities.attention.available,
          tray: capabilities.attention.tray,
          secretStore: secretStoreOf(capabilities.secretBox.kind),
        },
        zone: settings.get().zone,
        codePrefix: settings.get().codePrefix,
        setupNeeded: parts.setupNeeded(),
        startNotes: startNotes.list(),
      }),
      async openExternal({ url }) {
        await capabilities.opener.external(url);
        return {};
      },
      async presence({ visible, sound }, { session }) {
        session.visible = visible;
        session.sound = sound;
        parts.alarmDuty.presenceChanged();
        return {};
      },
      async log({ level, event, detail }, { session }) {
        desk.log[level]({ sessionId: session.id, pageEvent: event, detail }, 'page.logged');
        return {};
      },
      state: (_input, { signal }) => follow(parts, signal),
      async dismissStartNote({ code }) {
        startNotes.dismiss(code);
        return {};
      },
    },
    feed: {
      changes: ({ since }, { signal }) =>
        changeFeed({ ...desk, changedChats: parts.changedChats }, since, signal),
    },
  };
}

function secretStoreOf(kind: 'system' | 'keyring' | 'file' | 'memory'): 'system' | 'keyring' | 'file' {
  return kind === 'memory' ? 'system' : kind;
}

async function* follow(parts: DeskParts, signal: AbortSignal): AsyncIterable<SystemState> {
  let told = '';
  while (!signal.aborted) {
    const state = systemState(parts);
    const text = JSON.stringify({ ...state, now: 0, disk: state.disk.state });
    if (text !== told) {
      told = text;
      yield state;
    }
    await parts.desk.clock.sleep(lookMs, signal).catch(() => {
      // The page stopped listening: the loop's condition ends it.
    });
  }
}

function systemState({ desk, disk, healths, quarantine }: DeskParts): SystemState {
  return {
    services: healths(),
    outbox: desk.outbox.counts(),
    quarantine: quarantine.count(),
    disk: disk.state(),
    unassigned: desk.incidents.waitingCount(),
    onDuty: desk.people.openShifts().length,
    now: desk.clock.now(),
  };
}
