import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './telegram.module.css';

const kinds = ['telegram'] as const;

/** What is known of the session, and the way to be rid of it at once. */
export function AccountSession({
  accountId,
  name,
  onReset,
}: {
  readonly accountId: number;
  readonly name: string;
  readonly onReset: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useTelegramErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.telegram.session({ accountId }, { signal }),
    [accountId],
  );
  const { data, status, error, reload } = useServerData(load, kinds);

  return (
    <section className={styles.session} aria-label={t('telegram.account.sessionOf', { name })}>
      {error && !data ? (
        <Notice tone="bad" alert action={<Button onClick={reload}>{t('common.retry')}</Button>}>
          {errorText(error)}
        </Notice>
      ) : null}
      {!data && !error ? <p className={styles.faint}>{t('common.loading')}</p> : null}
      {data ? (
        <dl className={styles.facts} data-dimmed={status === 'stale'}>
          <Fact name={t('telegram.session.user')}>
            {data.username === null ? data.name : `${data.name} · @${data.username}`}
          </Fact>
          <Fact name={t('telegram.session.userId')}>{data.userId}</Fact>
          {data.about ? <Fact name={t('telegram.session.about')}>{data.about}</Fact> : null}
          <Fact name={t('telegram.session.phone')}>{data.phoneMask}</Fact>
          <Fact name={t('telegram.session.device')}>{data.device}</Fact>
          <Fact name={t('telegram.session.signedInAt')}>
            <When at={data.signedInAt} />
          </Fact>
          <Fact name={t('telegram.session.lastUpdateAt')}>
            {data.lastUpdateAt === null ? t('telegram.session.noUpdates') : <When at={data.lastUpdateAt} />}
          </Fact>
          <Fact name={t('telegram.session.secretStore')}>
            {t(`telegram.session.store.${data.secretStore}`)}
          </Fact>
          <Fact name={t('telegram.session.engine')}>{data.engine}</Fact>
        </dl>
      ) : null}
      <div>
        <Button kind="danger" onClick={onReset}>
          {t('telegram.account.reset')}
        </Button>
      </div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function When({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useSecond();
  return <time title={format.full(at)}>{format.when(at, now)}</time>;
}
