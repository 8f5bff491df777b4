import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../../../shared/contract/routes.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useHealthText } from '../../../lib/health-text.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { StatusGlyph, type Urgency } from '../../../ui/status-glyph.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from '../settings.module.css';
import { useFieldWords } from './route-fields.tsx';
import { specOf, toMoneyText } from './route-form.ts';
import own from './routes.module.css';

const urgencies: Readonly<Record<Route['health']['state'], Urgency>> = {
  off: 'quiet',
  starting: 'calm',
  ok: 'done',
  degraded: 'risk',
  'needs-attention': 'overdue',
};

/** One way of sending with how it is; Alt with the arrows moves it among those of its channel. */
export function RouteCard({
  route,
  at,
  count,
  onMove,
  onOpen,
}: {
  readonly route: Route;
  readonly at: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const { id, name, enabled, missing, health } = route;
  const isIncomplete = missing.length > 0;
  return (
    <li
      className={styles.card}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        onMove(event.key === 'ArrowUp' ? at - 1 : at + 1);
      }}
    >
      <StatusGlyph urgency={urgencies[health.state]} label={t(`routes.state.${health.state}`)} />
      <div className={styles.cardWords}>
        <strong>
          {at + 1}. {name}
        </strong>
        <RouteWords route={route} />
      </div>
      <div className={own.actions}>
        <IconButton
          small
          label={t('routes.up', { name })}
          icon={<ArrowUp size={14} />}
          disabled={at === 0}
          onClick={() => onMove(at - 1)}
        />
        <IconButton
          small
          label={t('routes.down', { name })}
          icon={<ArrowDown size={14} />}
          disabled={at === count - 1}
          onClick={() => onMove(at + 1)}
        />
      </div>
      <Switch
        label={<span className="visually-hidden">{t('routes.enable', { name })}</span>}
        checked={enabled}
        disabled={isIncomplete && !enabled}
        onChange={(next) =>
          void command(() => rpc.routes.setEnabled({ id, enabled: next }), {
            done: t(next ? 'routes.on' : 'routes.off', { name }),
          })
        }
      />
      <Button kind={isIncomplete ? 'primary' : 'default'} label={t('routes.edit', { name })} onClick={onOpen}>
        {t('routes.editShort')}
      </Button>
    </li>
  );
}

function RouteWords({ route }: { readonly route: Route }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const healthText = useHealthText();
  const { kind, missing, spentToday, dailyLimit, perMinute, health, enabled } = route;
  const spec = specOf(kind);
  const facts = [
    t(`routes.kind.${kind}`),
    t(`routes.state.${health.state}`),
    t('routes.tells', { what: spec.receipts.map((receipt) => t(`routes.receipts.${receipt}`)).join(', ') }),
    t('routes.rate', { count: perMinute }),
  ];
  const isSpent = dailyLimit !== null && spentToday >= dailyLimit;
  const why =
    enabled && health.state !== 'ok' && health.reason !== undefined
      ? healthText({ reason: health.reason, facts: health.facts })
      : undefined;
  return (
    <>
      <span className={styles.faint}>{facts.join(' · ')}</span>
      {spec.paid ? (
        <span className={isSpent ? styles.bad : styles.faint}>
          {dailyLimit === null
            ? t('routes.spent', { money: toMoneyText(spentToday) })
            : t('routes.spentOf', { money: toMoneyText(spentToday), limit: toMoneyText(dailyLimit) })}
          {isSpent ? ` · ${t('routes.limitReached')}` : ''}
        </span>
      ) : null}
      {missing.length > 0 ? (
        <span className={styles.bad}>
          {t('routes.incomplete', { what: missing.map((name) => words(kind, name).label).join(', ') })}
        </span>
      ) : null}
      {why === undefined ? null : <span className={styles.bad}>{why}</span>}
    </>
  );
}
