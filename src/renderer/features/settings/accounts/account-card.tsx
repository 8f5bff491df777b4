import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Account } from '../../../../shared/contract/letters.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useHealthText } from '../../../lib/health-text.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusGlyph, type Urgency } from '../../../ui/status-glyph.tsx';
import styles from '../settings.module.css';

const urgencies: Record<string, Urgency> = {
  off: 'quiet',
  starting: 'calm',
  ok: 'done',
  degraded: 'risk',
  'needs-attention': 'overdue',
};

/** One mailbox with how it is; a halted one says why and what to do. */
export function AccountCard({ account, onOpen }: { readonly account: Account; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { shell, rpc, ticker } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const healthText = useHealthText();
  const health = useStore(shell, ({ system }) => system?.services[`mail:${account.id}`]?.health);
  const halted = account.haltedReason !== null;
  const state = halted ? 'needs-attention' : !account.enabled ? 'off' : (health?.state ?? 'starting');
  const reason = account.haltedReason ?? health?.reason;
  const again = account.auth === 'oauth' ? 'lettersOut.oauth.signAgain' : 'settings.mail.mendPassword';
  const mend = t(halted ? again : 'settings.edit');
  const why = reason === undefined ? undefined : healthText({ reason, facts: health?.facts });

  return (
    <li className={styles.card}>
      <StatusGlyph urgency={urgencies[state] ?? 'calm'} label={t(`settings.mail.state.${state}`)} />
      <div className={styles.cardWords}>
        <strong>
          {account.name === account.address ? account.address : `${account.name} · ${account.address}`}
        </strong>
        <span className={styles.faint}>
          {t(`settings.mail.state.${state}`)} · {account.imap.host} ·{' '}
          {account.opensFrom === 0
            ? t('settings.mail.opensFromAll')
            : t('settings.mail.opensFrom', { time: format.when(account.opensFrom, ticker.second()) })}
        </span>
        {state !== 'ok' && why ? <span className={halted ? styles.bad : styles.faint}>{why}</span> : null}
      </div>
      {halted ? null : (
        <Button
          kind="quiet"
          label={`${t('settings.mail.checkNow')}: ${account.address}`}
          onClick={() =>
            void command(() => rpc.accounts.checkNow({ id: account.id }), {
              done: t('settings.mail.checking'),
            })
          }
        >
          {t('settings.mail.checkNow')}
        </Button>
      )}
      <Button kind={halted ? 'primary' : 'default'} label={`${mend}: ${account.address}`} onClick={onOpen}>
        {mend}
      </Button>
    </li>
  );
}
