import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StrayAnswer } from '../../../shared/contract/notifications.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { FileList } from '../../lib/files/file-list.tsx';
import { ChannelIcon } from '../../lib/notices/channel-icon.tsx';
import { placeText } from '../../lib/place-text.ts';
import { safeLine, safeText } from '../../lib/safe-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './notifications.module.css';

const kinds = ['notification'] as const;

/** What people said that the desk cannot place by itself: a person places it with one press. */
export function StraysTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [before, setBefore] = useState<number | null>(null);
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.notifications.strays({ before }, { signal }),
    [before],
  );
  const { data, error, reload } = useServerData(load, kinds);
  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  if (!data) return null;
  if (data.answers.length === 0 && before === null) {
    return (
      <EmptyState title={t('notifications.strays.empty')}>{t('notifications.strays.emptyText')}</EmptyState>
    );
  }
  return (
    <div className={styles.sheet} tabIndex={-1}>
      <div className={styles.narrow}>
        <p className={styles.faint}>{t('notifications.strays.help')}</p>
        <ol className={styles.cards} aria-label={t('notifications.strays.label')}>
          {data.answers.map((answer) => (
            <Stray key={answer.id} answer={answer} />
          ))}
        </ol>
        {data.next === null ? null : (
          <Button onClick={() => setBefore(data.next)}>{t('notifications.strays.more')}</Button>
        )}
      </div>
    </div>
  );
}

function Stray({ answer }: { readonly answer: StrayAnswer }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  async function run(ask: () => Promise<unknown>, done: string): Promise<void> {
    setBusy(true);
    await command(ask, { done });
    setBusy(false);
  }
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        {answer.channel === 'hand' ? null : <ChannelIcon channel={answer.channel} />}
        <strong>{safeLine(answer.from?.name ?? t('notifications.strays.unknownFrom'))}</strong>
        <span className={styles.faint}>{safeLine(answer.address)}</span>
        <time>{format.full(answer.at)}</time>
      </div>
      <p className={styles.said}>
        {answer.verb === null ? null : <strong>{t(`notifications.verb.${answer.verb}`)} </strong>}
        {safeText(answer.text)}
        {answer.place === null ? null : (
          <span className={styles.faint}>
            {' '}
            {t('notifications.climb.place', { place: placeText(answer.place) })}
          </span>
        )}
      </p>
      <FileList files={answer.files} label={t('notifications.climb.saidFiles')} />
      {answer.candidates.length === 0 ? (
        <p className={styles.faint}>{t('notifications.strays.none')}</p>
      ) : (
        <ul className={styles.candidates} aria-label={t('notifications.strays.candidates')}>
          {answer.candidates.map((candidate) => {
            const what = safeLine(
              [candidate.code, candidate.title || candidate.text].filter(Boolean).join(' '),
            );
            return (
              <li key={candidate.id}>
                <span title={safeLine(candidate.text)}>
                  {format.clock(candidate.createdAt)} {what}
                </span>
                <Button
                  disabled={busy}
                  label={`${t('notifications.strays.place')}: ${what}`}
                  onClick={() =>
                    void run(
                      () =>
                        rpc.notifications.placeStray({ answerId: answer.id, notificationId: candidate.id }),
                      t('notifications.strays.placed'),
                    )
                  }
                >
                  {t('notifications.strays.place')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div className={styles.row}>
        <Button
          kind="quiet"
          disabled={busy}
          onClick={() =>
            void run(
              () => rpc.notifications.dismissStray({ answerId: answer.id }),
              t('notifications.strays.dismissed'),
            )
          }
        >
          {t('notifications.strays.dismiss')}
        </Button>
      </div>
    </li>
  );
}
