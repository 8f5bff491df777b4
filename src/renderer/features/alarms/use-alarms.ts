import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { usePageTitle } from '../../lib/use-page-title.ts';
import { shortName } from '../../lib/people-store.ts';
import {
  createAlarms,
  isOfIncident,
  isOfReaching,
  soundingOf,
  type Alarms,
  type Answered,
  type ReachCall,
  type Sounding,
} from './alarm-store.ts';

/** One per window; sounds, notifies, speaks, and tells the shell whether this page can do so. */
export function useAlarms(
  onOpen: (incidentId: number) => void,
  onOpenReach: (alarm: ReachCall) => void,
): Alarms {
  const { rpc, feed } = useDesk();
  const tell = useAnswered();
  const alarms = useMemo(() => createAlarms(rpc, feed, tell), [rpc, feed, tell]);
  useEffect(() => {
    const stop = new AbortController();
    alarms.start(stop.signal);
    return () => stop.abort();
  }, [alarms]);

  const list = useStore(alarms.store, (state) => state.alarms);
  useTones(list);
  useWords(list, onOpen);
  useReachWords(list, onOpenReach);
  usePresence();
  usePageTitle(list.length);
  return alarms;
}

/** Whoever hears an alarm stop must know that somebody took it, and who. */
function useAnswered(): (answered: readonly Answered[]) => void {
  const { toasts, people, session } = useDesk();
  const { t } = useTranslation();
  return useCallback(
    (answered) => {
      const own = session.store.getState().person?.id;
      for (const { code, personId } of answered) {
        if (personId === own) continue;
        const name = people.getState().people.get(personId)?.name ?? '';
        toasts.show({ text: t('alarms.answered', { name: shortName(name), code }) });
      }
    },
    [toasts, people, session, t],
  );
}

/** Of several windows one sounds: the lock is whose turn it is. */
function useTones(list: readonly Sounding[]): void {
  const { sound } = useDesk();
  // One nobody heard in the test is played all the same: the shell sounds beside it.
  const ready = useStore(sound.store, ({ state }) => state === 'ready' || state === 'unheard');
  const sounding = list.length > 0 && ready;
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  }, [list]);
  // A new kind at the top must not wait for the old one's turn.
  const top = list[0]?.kind;

  useEffect(() => {
    if (!sounding) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ring = (): void => {
      const next = soundingOf(latest.current, Date.now());
      if (!next || stop.signal.aborted) return;
      sound.play(next.tone, next.gain);
      timer = setTimeout(ring, next.nextMs);
    };
    const turn = (): Promise<void> => {
      ring();
      return new Promise((resolve) => {
        stop.signal.addEventListener('abort', () => resolve(), { once: true });
      });
    };
    // Refused only because this window stopped wanting it.
    navigator.locks.request('pult-sound', { signal: stop.signal }, turn).catch(() => undefined);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [sound, sounding, top]);
}

/** Says each alarm once: to the screen reader, and to the system while the page is not looked at. */
function useWords(sounding: readonly Sounding[], onOpen: (incidentId: number) => void): void {
  const { announcer } = useDesk();
  const { t } = useTranslation();
  const said = useRef<Set<number> | null>(null);
  const list = useMemo(() => sounding.filter(isOfIncident), [sounding]);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    const fresh = said.current === null ? [] : list.filter((alarm) => !said.current?.has(alarm.id));
    said.current = new Set(list.map((alarm) => alarm.id));
    for (const alarm of fresh) {
      const text = t('alarms.spoken', {
        kind: t(`alarms.kinds.${alarm.kind}`),
        code: alarm.code,
        title: alarm.title,
      });
      announcer.say(text, assertive.has(alarm.kind));
      if (document.visibilityState === 'visible' || !mayNotify()) continue;
      const note = new Notification(t(`alarms.kinds.${alarm.kind}`), {
        body: `${alarm.code} ${alarm.title}`,
        tag: `pult-${alarm.incidentId}`,
      });
      note.addEventListener('click', () => {
        window.focus();
        open.current(alarm.incidentId);
        note.close();
      });
    }
  }, [list, announcer, t]);
}

/** The same of what has no incident: whom it is about says which. */
function useReachWords(sounding: readonly Sounding[], onOpen: (alarm: ReachCall) => void): void {
  const { announcer } = useDesk();
  const { t } = useTranslation();
  const said = useRef<Set<string> | null>(null);
  const list = useMemo(() => sounding.filter(isOfReaching), [sounding]);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    const fresh = said.current === null ? [] : list.filter((alarm) => !said.current?.has(alarm.id));
    said.current = new Set(list.map((alarm) => alarm.id));
    for (const alarm of fresh) {
      const kind = t(`alarms.kinds.${alarm.kind}`);
      const number = alarm.number === null ? '' : t('alarms.reachCall', { number: alarm.number });
      const code = [alarm.code, number].filter((part) => part !== '').join(' ');
      announcer.say(t('alarms.spoken', { kind, code, title: alarm.name }), assertive.has(alarm.kind));
      if (document.visibilityState === 'visible' || !mayNotify()) continue;
      const note = new Notification(kind, { body: `${code} ${alarm.name}`.trim(), tag: `pult-${alarm.id}` });
      note.addEventListener('click', () => {
        window.focus();
        open.current(alarm);
        note.close();
      });
    }
  }, [list, announcer, t]);
}

const assertive: ReadonlySet<string> = new Set([
  'overdue',
  'at-risk',
  'escalated',
  'silence',
  'flood',
  'not-reached',
  'nobody-left',
  'call-overdue',
]);

function mayNotify(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}

/** While no page can be seen or heard, the shell takes over. */
function usePresence(): void {
  const { rpc, sound, shell } = useDesk();
  const soundState = useStore(sound.store, (state) => state.state);
  const link = useStore(shell, (state) => state.link.status);
  useEffect(() => {
    if (link !== 'live') return undefined;
    const tell = (): void => {
      const visible = document.visibilityState === 'visible';
      // A lost connection tells the shell the same by itself.
      rpc.shell.presence({ visible, sound: soundState === 'ready' }).catch(() => undefined);
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [rpc, soundState, link]);
}
