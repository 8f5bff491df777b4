import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ChatComposer } from '../features/answer/chat-composer.tsx';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import type { AnswerContext } from '../features/card/card-state.ts';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { placeKey } from '../features/composer/composer-state.ts';
import { Composer } from '../features/composer/composer.tsx';
import { useDesk, type Rpc } from '../lib/desk.ts';
import { safeLine } from '../lib/safe-text.ts';
import { useServerData } from '../lib/server-data.ts';
import { Segmented } from '../ui/segmented.tsx';
import styles from './incident-answer.module.css';

/** A letter, or the chat of this id. */
export type Way = 'letter' | number;

const kinds = ['incident', 'message', 'telegram'] as const;
const longestTitle = 28;

/** Where the answer of an incident is written: the letter, or one of its chats, whichever was heard from last. */
export function IncidentAnswer({
  incidentId,
  composer,
  answers,
  context,
  chosen,
  onChoose,
  onLook,
}: {
  readonly incidentId: number;
  readonly composer: ComposerStore;
  readonly answers: AnswerStore;
  readonly context: AnswerContext;
  readonly chosen: Way | null;
  readonly onChoose: (way: Way) => void;
  readonly onLook: () => void;
}) {
  const { t } = useTranslation();
  const chats = useIncidentChats(incidentId);
  const letterBegun = useStore(
    composer.state,
    ({ slots }) => slots.get(placeKey({ incidentId }))?.draft !== undefined,
  );

  // A letter begun earlier must be seen from the chat's side too.
  useEffect(() => void composer.open(incidentId), [composer, incidentId]);

  if (chats === undefined && (chosen ?? context.latest) !== 'letter' && context.latest === 'telegram')
    return null;
  const list = chats ?? [];
  const canWrite = context.hasMail || list.length === 0 || letterBegun;
  const usual = context.latest === 'telegram' || !canWrite ? (list[0]?.chat.id ?? 'letter') : 'letter';
  const way = list.some(({ chat }) => chat.id === chosen) || chosen === 'letter' ? chosen : usual;
  const current = list.find(({ chat }) => chat.id === way);
  const options = [
    ...(canWrite || way === 'letter'
      ? [{ value: 'letter', label: marked(t('answer.byLetter'), letterBegun && way !== 'letter') }]
      : []),
    ...list.map(({ chat, draft }) => ({
      value: String(chat.id),
      label: marked(t('answer.inChat', { title: short(chat.title) }), draft !== null && way !== chat.id),
    })),
  ];

  return (
    <>
      {options.length > 1 ? (
        <div className={styles.where}>
          <Segmented
            label={t('answer.where')}
            value={String(way)}
            options={options}
            onChange={(value) => onChoose(value === 'letter' ? value : Number(value))}
          />
          {letterBegun && way !== 'letter' ? (
            <span className="visually-hidden">{t('answer.drafted')}</span>
          ) : null}
        </div>
      ) : null}
      {current ? (
        <ChatComposer
          key={current.chat.id}
          answers={answers}
          chat={current.chat}
          incidentId={incidentId}
          onLook={onLook}
        />
      ) : (
        <Composer composer={composer} incidentId={incidentId} onLook={onLook} />
      )}
    </>
  );
}

function useIncidentChats(incidentId: number) {
  const { feed } = useDesk();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.chats.forIncident({ incidentId }, { signal }),
    [incidentId],
  );
  const { data, reload, status } = useServerData(load, kinds);
  const chats = data?.chats;

  // Chats change all day long; only those of this incident are worth a question.
  useEffect(
    () =>
      feed.on(({ chatIds }) => {
        if (chats?.some(({ chat }) => chatIds.has(chat.id))) reload();
      }),
    [feed, chats, reload],
  );
  return status === 'failed' ? [] : chats;
}

/** A dot for what has been begun there and is not on the screen. */
function marked(label: string, begun: boolean): string {
  return begun ? `${label} •` : label;
}

function short(title: string): string {
  const line = safeLine(title);
  return line.length > longestTitle ? `${line.slice(0, longestTitle)}…` : line;
}
