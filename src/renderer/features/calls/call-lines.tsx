import { Wrench } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallLine } from '../../../shared/contract/calls.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';
import type { Rpc } from '../../lib/desk.ts';
import { formatRoute } from '../../lib/router.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { CallClock } from './call-clock.tsx';
import styles from './lines.module.css';

const kinds = ['call'] as const;

/** The calls of an incident among the lines of its card: each open one, and how many there were before. */
export function CallLines({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.calls.list({ incidentId }, { signal }),
    [incidentId],
  );
  const calls = useServerData(load, kinds).data?.calls ?? [];
  const open = calls.filter(({ state }) => isCallOpen(state) || state === 'declined');
  const ended = calls.filter((call) => !open.includes(call));
  if (calls.length === 0) return null;
  return (
    <>
      {open.map((call) => (
        <Line key={call.id} call={call} />
      ))}
      {ended.length > 0 ? (
        <li className={styles.line}>
          <Wrench size={14} aria-hidden="true" />
          <span className={styles.words}>{t('calls.lines.ended', { count: ended.length })}</span>
          <Button kind="quiet" onClick={() => setAll(!all)}>
            {t(all ? 'calls.lines.hide' : 'calls.lines.show')}
          </Button>
        </li>
      ) : null}
      {all ? ended.map((call) => <Line key={call.id} call={call} />) : null}
    </>
  );
}

function Line({ call }: { readonly call: CallLine }) {
  const { t } = useTranslation();
  const words = t('calls.lines.line', {
    number: t('calls.number', { number: call.number }),
    who: call.contactName ?? t('calls.board.nobody'),
    state: t(`calls.state.${call.state}`).toLocaleLowerCase(),
  });
  return (
    <li className={styles.line} data-tone={call.state === 'declined' ? 'risk' : undefined}>
      <Wrench size={14} aria-hidden="true" />
      <span className={styles.words} title={`${words}. ${safeLine(call.description)}`}>
        {words}
        {call.unseen > 0 ? ` · ${t('calls.board.unseen', { count: call.unseen })}` : ''}
      </span>
      {call.clock ? <CallClock clock={call.clock} /> : null}
      <a
        className={styles.open}
        href={formatRoute({ page: 'calls', part: 'board', callId: call.id })}
        aria-label={t('calls.lines.openCall', { number: call.number })}
      >
        {t('calls.lines.open')}
      </a>
    </li>
  );
}
