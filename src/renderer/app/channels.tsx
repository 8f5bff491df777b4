import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HealthView } from '../../shared/contract/common.ts';
import type { SystemState } from '../../shared/contract/session.ts';
import { useHealthText } from '../lib/health-text.ts';
import { useRuntimeText } from '../lib/runtime-text.ts';
import { useTelegramTrouble } from '../lib/telegram-text.ts';
import { useSecond } from '../lib/ticker.ts';
import { useCommand } from '../lib/use-command.ts';
import { useFormat } from '../lib/use-format.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import type { AppDesk } from './create-desk.ts';
import styles from './top-bar.module.css';

type Service = SystemState['services'][string] & { readonly key: string };
type State = HealthView['state'];

const worst: readonly State[] = ['needs-attention', 'degraded', 'starting', 'off', 'ok'];

/** One dot for mail, one for Telegram, and one for anything else that is not well. */
export function Channels({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const services = useStore(desk.shell, (state) => state.system?.services);
  // A mailbox and an account are called as their owner named them, a service as the dictionary does.
  const titleOf = (key: string, title: string): string =>
    isChannel(key) || key.startsWith('route:')
      ? title
      : (runtimeText(`frame.health.service.${key}`) ?? t('frame.health.service.other', { name: title }));
  const all: readonly Service[] = Object.entries(services ?? {}).map(([key, { title, health }]) => ({
    key,
    title: titleOf(key, title),
    health,
  }));
  const mail = all.filter((service) => service.key.startsWith('mail:'));
  const telegram = all.filter((service) => service.key.startsWith('telegram:'));
  const unwell = all.filter(
    ({ key, health }) =>
      !isChannel(key) && (health.state === 'degraded' || health.state === 'needs-attention'),
  );
  return (
    <div role="group" aria-label={t('frame.channels')} style={{ display: 'flex' }}>
      <Channel
        title={t('frame.mail')}
        services={mail}
        none={t('frame.health.noAccounts')}
        actions={(close) => <MailActions desk={desk} onDone={close} />}
      />
      <Channel
        title={t('frame.telegram')}
        services={telegram}
        none={t('telegram.channel.none')}
        actions={(close) => <TelegramActions desk={desk} onDone={close} />}
      />
      {unwell.map((service) => (
        <Channel key={service.key} title={service.title} services={[service]} />
      ))}
    </div>
  );
}

/** `mail:3`, `telegram:1`: one service for each mailbox and account. */
function isChannel(key: string): boolean {
  return key.startsWith('mail:') || key.startsWith('telegram:');
}

function stateOf(services: readonly Service[]): State {
  return worst.find((state) => services.some((service) => service.health.state === state)) ?? 'off';
}

function Channel({
  title,
  services,
  none,
  actions,
}: {
  readonly title: string;
  readonly services: readonly Service[];
  /** Said in the place of services that are not there yet. */
  readonly none?: string;
  readonly actions?: (close: () => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const state = stateOf(services);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={title}
      target={
        <button
          type="button"
          className={styles.item}
          aria-label={t('frame.health.open', { title, state: t(`frame.health.${state}`) })}
          onClick={() => setOpen(!open)}
        >
          <i className={styles.dot} data-state={state} />
          {title}
        </button>
      }
    >
      <div className={styles.services}>
        {none !== undefined && services.length === 0 ? <p>{none}</p> : null}
        {services.map((service) => (
          <ServiceFacts key={service.key} service={service} />
        ))}
        {actions?.(() => setOpen(false))}
      </div>
    </Popover>
  );
}

function ServiceFacts({ service }: { readonly service: Service }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const healthText = useHealthText();
  const trouble = useTelegramTrouble();
  const { health } = service;
  const isTelegram = service.key.startsWith('telegram:');
  const last = Number(health.facts?.[isTelegram ? 'lastUpdateAt' : 'lastLetterAt'] ?? 0);
  const next = Number(health.facts?.['nextCheckAt'] ?? 0);
  const seconds = Math.round((next - now) / 1000);
  return (
    <section className={styles.service}>
      <h3 className={styles.serviceHead}>
        <i className={styles.dot} data-state={health.state} />
        {service.title}
        <span className={styles.label}>{t(`frame.health.${health.state}`)}</span>
      </h3>
      {health.reason ? (
        <p className={styles.reason}>
          {isTelegram ? trouble(health.reason) : healthText({ ...health, reason: health.reason })}
        </p>
      ) : null}
      {isChannel(service.key) ? (
        <dl className={styles.facts}>
          <dt>{t(isTelegram ? 'telegram.channel.lastUpdate' : 'frame.health.lastLetter')}</dt>
          <dd title={last > 0 ? format.full(last) : undefined}>
            {last > 0
              ? format.when(last, now)
              : t(isTelegram ? 'telegram.channel.noUpdates' : 'frame.health.noLetters')}
          </dd>
          {next > 0 ? (
            <>
              <dt>{t('frame.health.nextCheck')}</dt>
              <dd>{seconds > 0 ? t('frame.health.inSeconds', { seconds }) : t('frame.health.now')}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </section>
  );
}

function TelegramActions({ desk, onDone }: { readonly desk: AppDesk; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.row}>
      <Button
        onClick={() => {
          onDone();
          desk.router.go({ page: 'settings', tab: 'telegram' });
        }}
      >
        {t('telegram.channel.open')}
      </Button>
    </div>
  );
}

function MailActions({ desk, onDone }: { readonly desk: AppDesk; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const command = useCommand();
  const quarantine = useStore(desk.shell, (state) => state.system?.quarantine ?? 0);
  const go = (route: Parameters<AppDesk['router']['go']>[0]): void => {
    onDone();
    desk.router.go(route);
  };
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('frame.health.quarantine')}</dt>
        <dd>
          <button type="button" className={styles.link} onClick={() => go({ page: 'quarantine' })}>
            {quarantine}
          </button>
        </dd>
      </dl>
      <div className={styles.row}>
        <Button onClick={() => go({ page: 'settings', tab: 'mail' })}>
          {t('frame.health.openAccounts')}
        </Button>
        <Button
          onClick={() =>
            void command(() => desk.rpc.accounts.checkNow({ id: null }), { done: t('frame.health.checking') })
          }
        >
          {t('frame.health.checkNow')}
        </Button>
      </div>
    </>
  );
}
