import { Ellipsis, Image, MailWarning } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import type { Address } from '../../../shared/contract/common.ts';
import { useDesk } from '../../lib/desk.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import { Attachments } from './attachments.tsx';
import { Evidence } from './evidence.tsx';
import { foldQuote } from './fold-quote.ts';
import { LetterFrame } from './letter-frame.tsx';
import styles from './letter.module.css';
import { isUrgentNote, useLetterText } from './letter-text.ts';
import { TextGone } from './text-gone.tsx';
import { useNames } from './use-names.ts';

/** One letter of the conversation, in or out. */
export function Letter({
  message,
  onMove,
}: {
  readonly message: MessageView;
  /** To another incident, or to one of its own with null. */
  readonly onMove: (message: MessageView, incidentId: number | null) => void;
}) {
  const { t } = useTranslation();
  const letterText = useLetterText();
  const [details, setDetails] = useState(false);
  return (
    <article
      className={styles.letter}
      data-direction={message.direction}
      data-party={message.party}
      data-automatic={message.automatic ?? undefined}
      aria-label={t('card.timeline.letterFrame', { subject: message.subject })}
    >
      <LetterHead message={message} details={details} onDetails={setDetails} onMove={onMove} />
      {details ? <Details message={message} /> : null}
      <Evidence link={message.link} onMove={(incidentId) => onMove(message, incidentId)} />
      {message.automatic ? (
        <p className={styles.automatic}>
          <MailWarning size={14} aria-hidden="true" />
          {t(`card.timeline.automatic.${message.automatic}`)}
          {message.automaticEvidence ? <span>{letterText.evidence(message.automaticEvidence)}</span> : null}
        </p>
      ) : null}
      {message.notes.filter(isUrgentNote).map((note) => (
        <p key={note} className={styles.automatic}>
          <MailWarning size={14} aria-hidden="true" />
          {letterText.note(note)}
        </p>
      ))}
      <Body message={message} />
      <Attachments items={message.attachments} />
    </article>
  );
}

function LetterHead({
  message,
  details,
  onDetails,
  onMove,
}: {
  readonly message: MessageView;
  readonly details: boolean;
  readonly onDetails: (open: boolean) => void;
  readonly onMove: (message: MessageView, incidentId: number | null) => void;
}) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const now = useSecond();
  const at = message.direction === 'in' ? message.receivedAt : message.sentAt;
  const author = message.authorId === null ? '' : names.person(message.authorId);
  const who =
    message.direction === 'in'
      ? nameOf(message.from)
      : `${author || nameOf(message.from)} → ${message.to.map(nameOf).join(', ')}`;

  return (
    <header className={styles.head}>
      <button
        type="button"
        className={styles.who}
        aria-expanded={details}
        title={t(details ? 'card.timeline.lessDetails' : 'card.timeline.details')}
        onClick={() => onDetails(!details)}
      >
        <span aria-hidden="true">✉</span>
        <span className={styles.names}>{who}</span>
      </button>
      {message.party === 'applicant' ? null : (
        <span className={styles.party}>{t(`lettersOut.party.${message.party}`)}</span>
      )}
      {message.outbox ? (
        <span className={styles.state} data-state={message.outbox.state}>
          <SendGlyph state={message.outbox.state} label={t(`card.send.${message.outbox.state}`)} />
          <span>{t(`card.send.${message.outbox.state}`)}</span>
        </span>
      ) : null}
      <time className={styles.time} dateTime={new Date(at).toISOString()} title={format.full(at)}>
        {format.when(at, now)}
      </time>
      <Menu
        target={
          <IconButton
            small
            label={t('card.timeline.actions')}
            icon={<Ellipsis size={14} aria-hidden="true" />}
          />
        }
        items={[
          ...(message.hasRaw
            ? [
                {
                  key: 'raw',
                  label: t('card.timeline.raw'),
                  onSelect: () => download(`${base}raw/${message.id}`),
                },
              ]
            : []),
          { key: 'out', label: t('card.timeline.moveOut'), onSelect: () => onMove(message, null) },
        ]}
      />
    </header>
  );
}

function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

function nameOf(address: Address): string {
  return address.name || address.address;
}

function full(addresses: readonly Address[]): string {
  return addresses.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
}

function Details({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const letterText = useLetterText();
  const format = useFormat();
  const lines = [
    [t('card.timeline.subject'), message.subject],
    [t('card.timeline.to'), full(message.to)],
    [t('card.timeline.cc'), full(message.cc)],
    [t('card.timeline.sentAt'), format.full(message.sentAt)],
    [t('card.timeline.received'), format.full(message.receivedAt)],
    ...message.notes.map((note) => [t('card.timeline.note'), letterText.note(note)]),
  ].filter(([, value]) => value);
  return (
    <dl className={styles.details}>
      <dt>{message.direction === 'in' ? '←' : '→'}</dt>
      <dd>{full([message.from])}</dd>
      {lines.map(([name, value]) => (
        <div key={`${name}${value}`} className={styles.pair}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const [asText, setAsText] = useState(false);
  const [remote, setRemote] = useState(false);
  const [quoteShown, setQuoteShown] = useState(false);
  const [htmlQuote, setHtmlQuote] = useState(false);
  const html = message.hasHtml && !asText;
  const { fresh, quote } = foldQuote(message.text);
  const hasQuote = html ? htmlQuote : quote !== '';
  if (message.textExpiredAt) return <TextGone at={message.textExpiredAt} />;

  return (
    <>
      {html ? (
        <LetterFrame
          messageId={message.id}
          subject={message.subject}
          remote={remote}
          showQuote={quoteShown}
          onQuote={() => setHtmlQuote(true)}
        />
      ) : (
        <div className={styles.text}>
          {fresh.trim() === '' ? <span className={styles.quiet}>{t('card.timeline.noText')}</span> : fresh}
          {quoteShown && quote ? <div className={styles.quote}>{quote}</div> : null}
        </div>
      )}
      <div className={styles.tools}>
        {hasQuote ? (
          <button type="button" className={styles.tool} onClick={() => setQuoteShown(!quoteShown)}>
            {t(quoteShown ? 'card.timeline.hideQuote' : 'card.timeline.quote')}
          </button>
        ) : null}
        {html && message.hasRemote && !remote ? (
          <button
            type="button"
            className={styles.tool}
            title={t('card.timeline.picturesHint')}
            onClick={() => setRemote(true)}
          >
            <Image size={12} aria-hidden="true" /> {t('card.timeline.pictures')}
          </button>
        ) : null}
        {message.hasHtml && message.text.trim() !== '' ? (
          <button type="button" className={styles.tool} onClick={() => setAsText(!asText)}>
            {t(asText ? 'card.timeline.asLetter' : 'card.timeline.asText')}
          </button>
        ) : null}
      </div>
    </>
  );
}
