import { Mail, MessageCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import { useDesk } from '../../lib/desk.ts';
import { shortName } from '../../lib/people-store.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import { OutboxActions } from './outbox-actions.tsx';
import { OutboxAttempts } from './outbox-attempts.tsx';
import styles from './outbox.module.css';

const needsWords: ReadonlySet<OutboxRow['state']> = new Set(['queued', 'failed', 'unknown']);

export function OutboxLine({
  row,
  onOpenIncident,
  onOpenChat,
  onTakenBack,
}: {
  readonly row: OutboxRow;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onOpenChat: (chatId: number, messageId: number | null) => void;
  readonly onTakenBack: ((row: OutboxRow) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { people, ticker } = useDesk();
  const format = useFormat();
  const whyText = useWhyText();
  const [attemptsShown, setAttemptsShown] = useState(false);
  const author = useStore(people, (state) =>
    row.createdBy === null ? undefined : state.people.get(row.createdBy)?.name,
  );
  const { incidentId } = row;
  const isAsked = row.errorCode === 'flood-wait' || row.errorCode === 'slow-mode';
  const waits = row.state === 'queued' && (row.attempts === 0 || isAsked);
  const why =
    row.errorCode === null || !needsWords.has(row.state) ? undefined : whyText(row.channel, row.errorCode);

  return (
    <>
      <tr>
        <td title={row.errorDetail ?? undefined}>
          <SendGlyph state={row.state} label={t(`outbox.state.${row.state}`)} />{' '}
          <span className={styles.state}>{t(`outbox.state.${row.state}`)}</span>
          <span className={styles.faint}>
            {waits ? ` · ${t('outbox.leavesAt', { time: format.clock(row.notBefore) })}` : ''}
          </span>
        </td>
        <td>
          {incidentId === null ? null : (
            <button type="button" className={styles.code} onClick={() => onOpenIncident(incidentId)}>
              {row.code}
            </button>
          )}
        </td>
        <Receiver row={row} onOpenChat={onOpenChat} />
        <td title={row.subject} data-wrap={why !== undefined}>
          {row.subject || t(row.chat ? 'outbox.noText' : 'outbox.noSubject')}
          {why ? <p className={styles.why}>{why}</p> : null}
        </td>
        <td data-dim="true">{author ? shortName(author) : ''}</td>
        <td data-end="true" data-dim="true" title={format.full(row.createdAt)}>
          {format.when(row.createdAt, ticker.second())}
        </td>
        <td data-end="true">
          <OutboxActions
            row={row}
            attemptsShown={attemptsShown}
            onAttempts={() => setAttemptsShown(!attemptsShown)}
            onTakenBack={onTakenBack}
          />
        </td>
      </tr>
      {attemptsShown ? (
        <tr>
          <td colSpan={7} data-wrap="true">
            <OutboxAttempts outboxId={row.id} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** Addresses of a letter, or the chat a message goes to. */
function Receiver({
  row,
  onOpenChat,
}: {
  readonly row: OutboxRow;
  readonly onOpenChat: (chatId: number, messageId: number | null) => void;
}) {
  const { t } = useTranslation();
  const { chat } = row;
  const channel = t(`outbox.channel.${row.channel}`);
  if (chat) {
    const title = safeLine(chat.title);
    return (
      <td title={`${channel} · ${title}`}>
        <MessageCircle size={13} className={styles.channel} role="img" aria-label={channel} />
        <button type="button" className={styles.chat} onClick={() => onOpenChat(chat.id, null)}>
          {title}
        </button>
      </td>
    );
  }
  return (
    <td data-dim="true" title={row.to.map(({ address }) => address).join(', ')}>
      <Mail size={13} className={styles.channel} role="img" aria-label={channel} />
      {row.to.map(({ name, address }) => name || address).join(', ')}
    </td>
  );
}

/** The same code means other things in a mailbox and in a chat. */
function useWhyText(): (channel: OutboxRow['channel'], code: string) => string | undefined {
  const runtimeText = useRuntimeText();
  return (channel, code) => {
    const groups =
      channel === 'telegram' ? ['telegramTrouble', 'outbox.whyChat'] : ['outbox.why', 'accountTest'];
    return groups.map((group) => runtimeText(`${group}.${code}`)).find((text) => text !== undefined);
  };
}
