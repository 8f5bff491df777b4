import { useTranslation } from 'react-i18next';
import type { StepMark } from '../../../shared/contract/notifications.ts';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import { useFormat } from '../use-format.ts';
import { ChannelIcon } from './channel-icon.tsx';
import styles from './notices.module.css';

/** The steps taken, each by its channel, its time and how far it got; for one line. */
export function StepTrail({ steps }: { readonly steps: readonly StepMark[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={styles.trail}>
      {steps.map(({ channel, state, at }, index) => {
        const words = t('notifications.line.mark', {
          channel: t(`ladders.channel.${channel}`),
          state: t(`notifications.delivery.${state}`),
          time: format.clock(at),
        });
        return (
          // A ladder may try the same way twice: its place is its name.
          <span key={index} className={styles.mark} title={words}>
            {index === 0 ? null : (
              <span aria-hidden="true" className={styles.arrow}>
                →
              </span>
            )}
            <span aria-hidden="true" className={styles.markInner}>
              <ChannelIcon channel={channel} named />
              {format.time(at)}
              <SendGlyph state={state} label={t(`notifications.delivery.${state}`)} />
            </span>
            <span className="visually-hidden">
              {index === 0 ? '' : `${t('notifications.line.followedBy')} `}
              {words}
            </span>
          </span>
        );
      })}
    </span>
  );
}
