import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ChannelRow } from './channel-row.tsx';
import { ShiftForm } from './shift-form.tsx';
import styles from './shift-tab.module.css';

const settingKinds = ['setting'] as const;
const channelKinds = ['handover', 'account', 'telegram'] as const;
const loadSettings = (rpc: Rpc, signal: AbortSignal) => rpc.shift.settings({}, { signal });
const loadState = (rpc: Rpc, signal: AbortSignal) => rpc.shift.state({}, { signal });

/** Hand-overs, the alarm that grows, and what counts as a silent channel. */
export function ShiftTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(loadSettings, settingKinds);
  const { data: state } = useServerData(loadState, channelKinds);

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
  return (
    <div className={styles.page}>
      <ShiftForm key={JSON.stringify(data.settings)} settings={data.settings} />
      {state && state.channels.length > 0 ? (
        <section className={styles.stack} aria-label={t('shift.settings.perChannel')}>
          <h2 className={styles.heading}>{t('shift.settings.perChannel')}</h2>
          {state.channels.map((channel) => (
            <ChannelRow
              key={`${channel.source} ${channel.enabled} ${channel.bound} ${channel.minMinutes}`}
              channel={channel}
              settings={data.settings}
            />
          ))}
        </section>
      ) : null}
    </div>
  );
}
