import type { AlarmView } from '../../shared/contract/incidents.ts';
import type { AlarmStore } from '../db/alarm-store.ts';
import type { Db } from '../db/open.ts';
import type { ReachAlarm } from '../db/reach-alarm-store.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { Attention, Notifier, Wakefulness } from '../platform/capabilities.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type PagePresence = {
  readonly visible: boolean;
  readonly sound: boolean;
  /** Who works at it. */
  readonly personId: number | null;
};

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
  /** So long may an alarm sound at a page before the shell sounds too. */
  readonly shellAfterMinutes: () => number;
  /** Hand-overs nobody takes, and whose page sounds for them. */
  readonly calls: () => readonly { readonly handoverId: number; readonly since: number }[];
  readonly hearsCalls: (personId: number) => boolean;
  /** What sounds about reaching people; everybody's page sounds for it. */
  readonly reachAlarms: () => readonly ReachAlarm[];
};

/** What the shell says; `since` on the wall clock. */
type Call = {
  readonly since: number;
  readonly urgent: boolean;
  readonly text: string;
  readonly what: string;
  readonly path: string;
};

const lookMs = 5000;
const secondMs = 1000;
const minuteMs = 60_000;
/** The shell repeats, each time sooner, until somebody acknowledges. */
const repeatMs = [60_000, 45_000, 30_000, 20_000] as const;

/**
 * Alarms when no page can: none attached, none with sound, none of the person it is for; and when what a page sounds
 * stays without an answer. Also keeps the badge right, and the machine awake while somebody is on duty.
 */
export function createAlarmDuty(parts: Parts): AlarmDuty {
  const { alarms, clock, log, notifier, attention, wakefulness } = parts;
  let deafSince: number | undefined;
  let shown = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let unfollow: () => void = () => {};

  function isDeaf(pages: readonly PagePresence[]): boolean {
    if (pages.some((page) => page.sound)) deafSince = undefined;
    else deafSince ??= clock.elapsed();
    return deafSince !== undefined && clock.elapsed() - deafSince >= parts.alarmAfterSeconds() * secondMs;
  }

  function look(): void {
    attention.badge(alarms.soundingCount() + parts.reachAlarms().length);
    wakefulness.hold(parts.people.openShifts().length > 0);
    const pages = parts.pages();
    const calls = shellCalls(parts, pages, isDeaf(pages));
    const first = calls.find(({ urgent }) => urgent) ?? calls[0];
    if (!first) {
      shown = 0;
      return;
    }
    const now = clock.elapsed();
    const waitMs = repeatMs[Math.min(shown, repeatMs.length) - 1] ?? 0;
    if (now - shownAt < waitMs) return;
    shown += 1;
    shownAt = now;
    const { title, body } = noticeWords(calls.length, first);
    notifier.show({ title, body, urgency: first.urgent ? 'critical' : 'normal', path: first.path });
    notifier.beep();
    log.info({ sounding: calls.length, shown }, 'alarm.shown-by-shell');
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

/** Everything that sounds and is not surely heard. */
function shellCalls(parts: Parts, pages: readonly PagePresence[], deaf: boolean): Call[] {
  const now = parts.clock.now();
  const lateMs = parts.shellAfterMinutes() * minuteMs;
  const deafMs = parts.alarmAfterSeconds() * secondMs;
  const isLate = ({ since }: Call) => now - since >= lateMs;
  const everybodys = parts.alarms.sounding(null).map(toCall);
  const own = ownAlarms(parts, pages).flatMap(({ personId, alarms }) => {
    const isHeard = pages.some((page) => page.sound && page.personId === personId);
    return alarms.map(toCall).filter((call) => now - call.since >= (isHeard ? lateMs : deafMs));
  });
  const isHeardByLead = pages.some(
    ({ sound, personId }) => sound && personId !== null && parts.hearsCalls(personId),
  );
  const handovers = parts.calls().map(({ handoverId, since }): Call => ({
    since,
    urgent: true,
    text: 'передачу смены никто не принял',
    what: 'Откройте «Смена» и примите её',
    path: `/shift/${handoverId}`,
  }));
  const reach = parts.reachAlarms().map(toReachCall);
  return [
    ...everybodys.filter((call) => deaf || isLate(call)),
    ...reach.filter((call) => deaf || isLate(call)),
    ...own,
    ...handovers.filter((call) => (isHeardByLead ? isLate(call) : now - call.since >= deafMs)),
  ];
}

/** Alarms of one person only, of those who can be expected to hear them: at a page, or on duty. */
function ownAlarms({ alarms, people }: Parts, pages: readonly PagePresence[]) {
  const common = new Set(alarms.sounding(null).map(({ id }) => id));
  const ids = new Set([
    ...pages.map(({ personId }) => personId),
    ...people.openShifts().map(({ personId }) => personId),
  ]);
  return [...ids]
    .filter((personId) => personId !== null)
    .map((personId) => ({
      personId,
      alarms: alarms.sounding(personId).filter(({ id }) => !common.has(id)),
    }));
}

function toCall({ code, title, kind, raisedAt, incidentId }: AlarmView): Call {
  return {
    since: raisedAt,
    urgent: kind !== 'new' && kind !== 'mention',
    text: alarmWords[kind],
    what: `${code} ${title}`,
    path: `/queue/${incidentId}`,
  };
}

function toReachCall(alarm: ReachAlarm): Call {
  const { kind, raisedAt, code, number, name } = alarm;
  const what = [code, number === null ? '' : `вызов № ${number}`, name].filter((part) => part !== '');
  return {
    since: raisedAt,
    urgent: kind !== 'call-answer',
    text: reachWords[kind],
    what: what.join(' '),
    path: pathOf(alarm),
  };
}

/** A contractor who was only written to has no notification: what there is to see is the incident. */
function pathOf({ callId, notificationId, incidentId }: ReachAlarm): string {
  if (callId !== null) return `/calls/${callId}`;
  if (notificationId === null && incidentId !== null) return `/queue/${incidentId}`;
  return `/notifications/${notificationId ?? ''}`;
}

/** Core speaks Russian where no page is there to translate. */
function noticeWords(count: number, { text, what }: Call): { readonly title: string; readonly body: string } {
  return count === 1
    ? { title: `Пульт: ${text}`, body: what }
    : { title: `Пульт: ждут подтверждения: ${count}`, body: `${text}: ${what}` };
}

/** What sounds, in the words of the desk. */
export const alarmWords: Readonly<Record<AlarmView['kind'], string>> = {
  new: 'новый инцидент',
  'at-risk': 'срок под угрозой',
  overdue: 'просрочен',
  'late-letter': 'письмо после закрытия',
  reopened: 'инцидент открыт снова',
  warning: 'срок подходит',
  escalated: 'сигнал никто не подтвердил',
  woke: 'инцидент снова ждёт решения',
  reminder: 'напоминание',
  mention: 'вас упомянули',
  flood: 'поток инцидентов',
  silence: 'канал молчит',
};

const reachWords: Readonly<Record<ReachAlarm['kind'], string>> = {
  'not-reached': 'не удалось оповестить',
  unknown: 'неизвестно, ушло ли оповещение',
  declined: 'отказались',
  'nobody-left': 'ехать некому',
  'call-overdue': 'вызов просрочен',
  'call-answer': 'ответ по вызову',
};
