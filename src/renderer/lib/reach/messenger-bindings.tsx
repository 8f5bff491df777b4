import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BindingLink, BindingView, BotView } from '../../../shared/contract/bindings.ts';
import type { Party } from '../../../shared/domain/reaching.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk, type Rpc } from '../desk.ts';
import { useErrorText } from '../error-text.ts';
import { useServerData } from '../server-data.ts';
import { useSecond } from '../ticker.ts';
import { useCommand } from '../use-command.ts';
import { useFormat } from '../use-format.ts';
import { BindingLinkBox } from './binding-link-box.tsx';
import styles from './messenger-bindings.module.css';

const feedKinds = ['contact', 'person', 'route'] as const;

type Offered = { readonly bot: BotView; readonly link: BindingLink; readonly before: ReadonlySet<string> };

/** Which bots know somebody, and the link by which they are bound. */
export function MessengerBindings({ party: { kind, id } }: { readonly party: Party }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const errorText = useErrorText();
  const command = useCommand();
  const [offered, setOffered] = useState<Offered>();
  const [asking, setAsking] = useState<number>();
  const party = useMemo(() => ({ kind, id }), [kind, id]);
  const load = useMemo(
    () => (desk: Rpc, signal: AbortSignal) => desk.bindings.list({ party }, { signal }),
    [party],
  );
  const { data, error, reload } = useServerData(load, feedKinds);
  const { bindings = [], bots = [] } = data ?? {};
  const arrived = offered && bindings.find(isNewSince(offered));

  async function offer(bot: BotView): Promise<void> {
    setAsking(bot.id);
    const link = await command(() => rpc.bindings.createLink({ party, routeId: bot.id }));
    setAsking(undefined);
    if (link) setOffered({ bot, link, before: new Set(bindings.map(keyOf)) });
  }

  return (
    <section className={styles.root} aria-label={t('bindings.title')}>
      <h3>{t('bindings.title')}</h3>
      {error && !data ? (
        <p role="alert">
          {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
        </p>
      ) : null}
      {data && bindings.length === 0 && bots.length > 0 && !offered ? (
        <p className={styles.faint}>{t('bindings.none')}</p>
      ) : null}
      {data && bots.length === 0 ? <p className={styles.faint}>{t('bindings.noBots')}</p> : null}
      {bindings.length > 0 ? (
        <ul>
          {bindings.map((binding) => (
            <BindingLine key={binding.id} binding={binding} />
          ))}
        </ul>
      ) : null}
      {arrived ? (
        <p role="status" className={styles.done}>
          ✓ {t('bindings.link.done', { title: arrived.title || t('bindings.nameless') })}
        </p>
      ) : null}
      {offered && !arrived ? (
        <BindingLinkBox
          key={offered.link.url}
          name={offered.bot.name}
          link={offered.link}
          busy={asking !== undefined}
          onAgain={() => void offer(offered.bot)}
          onClose={() => setOffered(undefined)}
        />
      ) : (
        <div className={styles.actions}>
          {bots.map((bot) => (
            <Button key={bot.id} busy={asking === bot.id} onClick={() => void offer(bot)}>
              {t(`bindings.bind.${bindWord(bot, bots)}`, { name: bot.name })}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function bindWord({ channel }: BotView, bots: readonly BotView[]): 'telegram' | 'max' | 'named' {
  const isOnly = bots.filter((bot) => bot.channel === channel).length === 1;
  return isOnly && (channel === 'telegram' || channel === 'max') ? channel : 'named';
}

/** Whoever binds the same chat once more is bound at another moment. */
function keyOf({ id, boundAt }: BindingView): string {
  return `${id} ${boundAt}`;
}

function isNewSince({ bot, before }: Offered) {
  return (binding: BindingView): boolean => binding.routeId === bot.id && !before.has(keyOf(binding));
}

function BindingLine({ binding }: { readonly binding: BindingView }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const format = useFormat();
  const now = useSecond();
  const command = useCommand();
  const { id, route, boundAt, blockedAt } = binding;
  const title = binding.title || t('bindings.nameless');
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <span>
          {title} <span className={styles.faint}>· {route}</span>
        </span>
        {blockedAt === null ? (
          <span className={styles.faint}>✓ {t('bindings.bound', { when: format.when(boundAt, now) })}</span>
        ) : (
          <span className={styles.bad} title={t('bindings.blockedHint')}>
            ! {t('bindings.blocked', { when: format.when(blockedAt, now) })}
            <span className={styles.faint}> {t('bindings.blockedHint')}</span>
          </span>
        )}
      </div>
      <Button
        kind="quiet"
        label={t('bindings.unbindName', { title })}
        onClick={() =>
          void command(() => rpc.bindings.unbind({ id }), { done: t('bindings.unbound', { title }) })
        }
      >
        {t('bindings.unbind')}
      </Button>
    </li>
  );
}
