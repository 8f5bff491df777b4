import type { AlarmView } from '../../shared/contract/incidents.ts';
import type { AlarmStore } from '../db/alarm-store.ts';
import type { Db } from '../db/open.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { Attention, Notifier, Wakefulness } from '../platform/capabilities.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type PagePresence = { readonly visible: boolean; readonly sound: boolean };

export type AlarmDuty = Service & { presenceChanged(): void };

type Parts = {
  readonly db: Db;
  readonly alarms: AlarmStore;
  readonly people: PersonStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly notifier: Notifier;
  readonly attention: Attention;
  readonly wakefulness: Wakefulness;
  /** Every page that is connected and signed in. */
  readonly pages: () => readonly PagePresence[];
  readonly alarmAfterSeconds: () => number;
};

const lookMs = 5000;
const secondMs = 1000;
/** The shell repeats, each time sooner, until somebody acknowledges. */
const repeatMs = [60_000, 45_000, 30_000, 20_000] as const;

/**
 * Alarms when no page can: none attached, none with sound. Also keeps the badge right, and the machine awake while
 * somebody is on duty.
 */
export function createAlarmDuty(parts: Parts): AlarmDuty {
  const { alarms, clock, log, notifier, attention, wakefulness } = parts;
  let deafSince: number | undefined;
  let shown = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let unfollow: () => void = () => {};

  function look(): void {
    const sounding = alarms.sounding();
    attention.badge(alarms.soundingCount());
    wakefulness.hold(parts.people.openShifts().length > 0);
    const heard = parts.pages().some((page) => page.sound);
    const now = clock.elapsed();
    if (heard) deafSince = undefined;
    else deafSince ??= now;
    const [first] = sounding;
    if (!first || deafSince === undefined) {
      shown = 0;
      return;
    }
    if (now - deafSince < parts.alarmAfterSeconds() * secondMs) return;
    const waitMs = repeatMs[Math.min(shown, repeatMs.length) - 1] ?? 0;
    if (now - shownAt < waitMs) return;
    shown += 1;
    shownAt = now;
    const urgent = sounding.some((alarm) => alarm.kind !== 'new');
    const { title, body } = noticeWords(alarms.soundingCount(), first);
    notifier.show({
      title,
      body,
      urgency: urgent ? 'critical' : 'normal',
      path: `/queue/${first.incidentId}`,
    });
    notifier.beep();
    log.info({ sounding: sounding.length, shown }, 'alarm.shown-by-shell');
  }

  const loop = createWatchLoop({
    name: 'alarm',
    clock,
    log,
    look() {
      look();
      return lookMs;
    },
  });

  return {
    name: 'alarm',
    presenceChanged: loop.wake,
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('alarm') || kinds.has('shift')) loop.wake();
      });
      loop.start();
    },
    async stop() {
      unfollow();
      await loop.stop();
      wakefulness.hold(false);
    },
    health: loop.health,
  };
}

/** Core speaks Russian where no page is there to translate. */
function noticeWords(count: number, first: AlarmView): { readonly title: string; readonly body: string } {
  const what = `${first.code} ${first.title}`;
  return count === 1
    ? { title: `Пульт: ${alarmWords[first.kind]}`, body: what }
    : { title: `Пульт: ждут подтверждения: ${count}`, body: `${alarmWords[first.kind]}: ${what}` };
}

const alarmWords: Readonly<Record<AlarmView['kind'], string>> = {
  new: 'новый инцидент',
  'at-risk': 'срок под угрозой',
  overdue: 'просрочен',
  'late-letter': 'письмо после закрытия',
  reopened: 'инцидент открыт снова',
  warning: 'срок подходит',
  escalated: 'сигнал никто не подтвердил',
  woke: 'отложенный инцидент вернулся',
  reminder: 'напоминание',
  mention: 'вас упомянули',
  flood: 'поток инцидентов',
  silence: 'канал молчит',
};
