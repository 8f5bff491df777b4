import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph, type Urgency } from '../../ui/status-glyph.tsx';
import styles from './alarm-bar.module.css';
import type { Alarms } from './alarm-store.ts';

const urgencies: Record<string, Urgency> = { overdue: 'overdue', 'at-risk': 'risk' };

/** What sounds now, the most urgent first; Space answers it and opens nothing, the code opens it. */
export function AlarmBar({
  alarms,
  onOpen,
}: {
  readonly alarms: Alarms;
  readonly onOpen: (incidentId: number) => void;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const list = useStore(alarms.store, (state) => state.alarms);
  const [first, ...rest] = list;

  const acknowledge = (ids: readonly number[]) =>
    command(() => rpc.incidents.acknowledge({ ids: [...ids] }), {
      done: t('alarms.acknowledged', { count: ids.length }),
    });
  const all = () =>
    command(() => rpc.incidents.acknowledgeAll({}), {
      done: ({ count }) => t('alarms.acknowledged', { count }),
    });
  useShortcut('acknowledge', () => first && void acknowledge([first.incidentId]), first !== undefined);
  useShortcut('acknowledgeAll', () => void all(), first !== undefined);

  if (!first) return null;
  return (
    <section className={styles.bar} data-kind={first.kind} aria-label={t('alarms.label')}>
      <StatusGlyph urgency={urgencies[first.kind] ?? 'calm'} label={t(`alarms.kinds.${first.kind}`)} />
      <b className={styles.kind}>{t(`alarms.kinds.${first.kind}`)}</b>
      <button type="button" className={styles.open} onClick={() => onOpen(first.incidentId)}>
        <span className={styles.code}>{first.code}</span>
        <span className={styles.title}>{first.title}</span>
      </button>
      <Since at={first.raisedAt} />
      {rest.length > 0 ? (
        <span className={styles.rest}>{t('alarms.more', { count: rest.length })}</span>
      ) : null}
      <span className={styles.space} />
      <Button keys={keys('acknowledge')} onClick={() => void acknowledge([first.incidentId])}>
        {t('alarms.acknowledge')}
      </Button>
      {rest.length > 0 ? (
        <Button kind="quiet" keys={keys('acknowledgeAll')} onClick={() => void all()}>
          {t('alarms.acknowledgeAll')}
        </Button>
      ) : null}
    </section>
  );
}

function Since({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useSecond();
  return (
    <time className={styles.rest} title={format.full(at)}>
      {format.age(now - at)}
    </time>
  );
}
