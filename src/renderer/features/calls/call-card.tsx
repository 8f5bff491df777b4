import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallLine } from '../../../shared/contract/calls.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';
import { formatRoute } from '../../lib/router.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { CallClock, SilentIn } from './call-clock.tsx';
import styles from './calls.module.css';
import { UrgencyMark } from './urgency-mark.tsx';

/** A call on the board: what, where, with whom, what runs, and what was said last. */
export function CallCard({ call, isOpen }: { readonly call: CallLine; readonly isOpen: boolean }) {
  const { t } = useTranslation();
  return (
    <a
      href={formatRoute({ page: 'calls', part: 'board', callId: call.id })}
      className={styles.card}
      data-call={call.id}
      data-sounding={call.sounding || undefined}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className={styles.cardTop}>
        <span className={styles.code}>{t('calls.short', { number: call.number })}</span>
        <UrgencyMark urgency={call.urgency} />
        {call.sounding ? (
          <span className={styles.bell} role="img" aria-label={t('calls.board.sounding')}>
            <BellRing size={12} aria-hidden="true" />
          </span>
        ) : null}
        <span className={styles.space} />
        {call.clock ? <CallClock clock={call.clock} /> : <EndedAt call={call} />}
      </span>
      <span className={styles.place}>{safeLine(call.place) || t('calls.board.noPlace')}</span>
      <span className={styles.what}>{safeLine(call.description)}</span>
      <span className={styles.who}>
        <span className={styles.name}>{call.contactName ?? t('calls.board.nobody')}</span>
        {call.turn > 1 ? (
          <span className={styles.faint}>{t('calls.board.turn', { count: call.turn })}</span>
        ) : null}
      </span>
      {call.state === 'pending' && call.silentAt !== null ? (
        <SilentIn at={call.silentAt} passesOn={call.passesOn} />
      ) : null}
      <LastAnswer call={call} />
      {call.incidentCode ? (
        <span className={styles.faint}>{t('calls.board.incident', { code: call.incidentCode })}</span>
      ) : null}
    </a>
  );
}

function EndedAt({ call }: { readonly call: CallLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  if (isCallOpen(call.state) || call.endedAt === null) return null;
  return (
    <span className={styles.faint} title={format.full(call.endedAt)}>
      {call.state === 'declined' ? '' : `${t(`calls.state.${call.state}`)} `}
      {format.short(call.endedAt, now)}
    </span>
  );
}

function LastAnswer({ call }: { readonly call: CallLine }) {
  const { t } = useTranslation();
  const { lastAnswer, unseen } = call;
  // Somebody who was asked before, or whom nobody knows, may have answered too.
  if (!lastAnswer && unseen === 0) return null;
  const said = lastAnswer
    ? [
        lastAnswer.verb ? t(`calls.verb.${lastAnswer.verb}`) : '',
        safeLine(lastAnswer.text),
        lastAnswer.files > 0 ? t('calls.board.files', { count: lastAnswer.files }) : '',
        lastAnswer.hasPlace ? t('calls.board.place') : '',
      ].filter(Boolean)
    : [t('calls.board.others')];
  return (
    <span className={styles.answer} data-unseen={unseen > 0 || undefined}>
      <span className={styles.words}>{said.join(' · ')}</span>
      {lastAnswer ? <Ago at={lastAnswer.at} /> : null}
      {unseen > 0 ? (
        <span className={styles.unseen} role="img" aria-label={t('calls.board.unseen', { count: unseen })}>
          {unseen}
        </span>
      ) : null}
    </span>
  );
}

function Ago({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useSecond();
  return (
    <span className={styles.faint} title={format.full(at)}>
      {format.age(Math.max(0, now - at))}
    </span>
  );
}
