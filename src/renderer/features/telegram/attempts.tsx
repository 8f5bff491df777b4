import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LoginAttempt } from '../../../shared/contract/telegram.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useTelegramErrorText, useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './telegram.module.css';

const kinds = ['telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.telegram.attempts({}, { signal });
const shownAtFirst = 10;

/** Who tried to sign in, when, how, and what came of it. */
export function Attempts() {
  const { t } = useTranslation();
  const errorText = useTelegramErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [all, setAll] = useState(false);
  const attempts = data?.attempts ?? [];

  return (
    <section className={styles.stack} aria-label={t('telegram.attempts.title')}>
      <h2 className={styles.heading}>{t('telegram.attempts.title')}</h2>
      <p className={styles.faint}>{t('telegram.attempts.text')}</p>
      {error && !data ? (
        <Notice tone="bad" alert action={<Button onClick={reload}>{t('common.retry')}</Button>}>
          {errorText(error)}
        </Notice>
      ) : null}
      {data && attempts.length === 0 ? <p className={styles.faint}>{t('telegram.attempts.empty')}</p> : null}
      {attempts.length > 0 ? (
        <Table
          label={t('telegram.attempts.title')}
          columns={[
            { key: 'at', label: t('telegram.attempts.column.at'), width: 150 },
            { key: 'kind', label: t('telegram.attempts.column.kind') },
            { key: 'result', label: t('telegram.attempts.column.result') },
            { key: 'who', label: t('telegram.attempts.column.who') },
          ]}
        >
          {attempts.slice(0, all ? undefined : shownAtFirst).map((attempt) => (
            <AttemptLine key={attempt.id} attempt={attempt} />
          ))}
        </Table>
      ) : null}
      {!all && attempts.length > shownAtFirst ? (
        <div>
          <Button onClick={() => setAll(true)}>
            {t('telegram.attempts.all', { count: attempts.length })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function AttemptLine({ attempt }: { readonly attempt: LoginAttempt }) {
  const { t } = useTranslation();
  const { people, ticker } = useDesk();
  const format = useFormat();
  const runtimeText = useRuntimeText();
  const trouble = useTelegramTrouble();
  const actor = useStore(people, (state) => state.people.get(attempt.actorId ?? 0)?.name);
  const { result } = attempt;
  const known =
    runtimeText(`telegram.attempts.result.${result}`) ?? runtimeText(`telegram.attempts.short.${result}`);
  const bad = result !== 'ok' && result !== 'cancelled';
  return (
    <tr>
      <td title={format.full(attempt.at)}>{format.when(attempt.at, ticker.second())}</td>
      <td>{t(`telegram.attempts.kind.${attempt.kind}`)}</td>
      <td title={bad ? trouble(result) : undefined}>
        <span className={styles.shape} data-result={bad ? 'bad' : result} aria-hidden="true">
          {result === 'ok' ? '✓' : bad ? '✕' : '–'}
        </span>
        {known ?? trouble(result)}
      </td>
      <td data-dim="true">{actor ?? t('telegram.attempts.nobody')}</td>
    </tr>
  );
}
