import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CallView, CallWord } from '../../../shared/contract/calls.ts';
import { useDesk } from '../../lib/desk.ts';
import { FileList } from '../../lib/files/file-list.tsx';
import { safeLine, safeText } from '../../lib/safe-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import styles from './chat.module.css';
import { CallComposer } from './call-composer.tsx';
import { Place } from './call-facts.tsx';

/** How near the end counts as being at it. */
const nearPx = 48;

/** What was said in both directions over whatever channel, newest at the bottom, and where the next is written. */
export function CallChat({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const flow = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = call.words.at(-1)?.key;
  useEffect(() => {
    const own = flow.current;
    // Whoever reads further up is not pulled down.
    if (own && atEnd.current) own.scrollTop = own.scrollHeight;
  }, [last]);

  return (
    <section className={styles.chat} aria-label={t('calls.page.chat')}>
      <div
        ref={flow}
        className={styles.flow}
        role="log"
        aria-label={t('calls.page.chat')}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx;
        }}
      >
        {call.words.length === 0 ? <p className={styles.empty}>{t('calls.page.chatEmpty')}</p> : null}
        {call.words.map((word) => (
          <Word key={word.key} word={word} />
        ))}
      </div>
      <CallComposer call={call} />
    </section>
  );
}

function Word({ word }: { readonly word: CallWord }) {
  const { t } = useTranslation();
  const { people } = useDesk();
  const format = useFormat();
  const now = useSecond();
  const writer = useStore(people, (state) => state.people.get(word.personId ?? 0)?.name);
  const { direction, verb, text, files, place, state, channel, at } = word;
  const name = direction === 'out' ? (writer ?? t('calls.page.desk')) : safeLine(word.name);
  return (
    <article className={styles.word} data-direction={direction}>
      <header className={styles.wordHead}>
        <span className={styles.name}>{name}</span>
        {channel ? (
          <span>
            {channel === 'hand'
              ? t('calls.action.label')
              : t('calls.page.by', { channel: channelName(channel) })}
          </span>
        ) : null}
        <time title={format.full(at)}>{format.when(at, now)}</time>
        {state ? <SendGlyph state={state} label={t(`calls.delivery.${state}`)} /> : null}
      </header>
      {verb ? <p className={styles.verb}>{t(`calls.verb.${verb}`)}</p> : null}
      {text ? <p className={styles.text}>{safeText(text)}</p> : null}
      <FileList files={files} label={t('calls.page.files')} />
      {place ? <Place place={place} /> : null}
    </article>
  );

  function channelName(known: Exclude<NonNullable<CallWord['channel']>, 'hand'>): string {
    return t(`ladders.channel.${known}`);
  }
}
