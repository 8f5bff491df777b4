import { useRef, useState, type RefObject } from 'react';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import { CallLines } from '../features/calls/call-lines.tsx';
import { Card } from '../features/card/card.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { NoticesLine } from '../features/notifications/notices-line.tsx';
import type { CallRequest } from '../lib/call-request.ts';
import { useShortcut } from '../lib/hotkeys.ts';
import type { NoticeRequest } from '../lib/notice-request.ts';
import { IncidentAnswer, type Way } from './incident-answer.tsx';

type Chosen = { readonly incidentId: number; readonly way: Way; readonly byHand: boolean };

/** A card with what is written in it: the features meet here. */
export function IncidentPage({
  incidentId,
  composer,
  answers,
  onOpenChat,
  onOpenWindow,
  onCall,
  onNotify,
  focusRef,
}: {
  readonly incidentId: number;
  readonly composer: ComposerStore;
  readonly answers: AnswerStore;
  readonly onOpenChat: (chatId: number, messageId: number) => void;
  readonly onOpenWindow?: (() => void) | undefined;
  readonly onCall: (request: CallRequest) => void;
  readonly onNotify: (request: NoticeRequest) => void;
  readonly focusRef?: RefObject<HTMLDivElement | null> | undefined;
}) {
  const own = useRef<HTMLDivElement>(null);
  const flow = focusRef ?? own;
  const [state, setState] = useState<Chosen | null>(null);
  const chosen = state?.incidentId === incidentId ? state : null;
  const choose = (way: Way, byHand = false): void => setState({ incidentId, way, byHand });

  function write(mode: 'reply' | 'reply-all' | 'forward'): void {
    choose('letter');
    void composer.begin(incidentId, mode);
  }

  function reply(message: MessageView | undefined, byHand: boolean): void {
    const chat = message?.chat;
    // Whoever chose a way has chosen it for the key too; a message chosen by hand knows its own.
    const standing = chosen?.byHand && !byHand ? chosen.way : null;
    const way = standing ?? chat?.id ?? 'letter';
    if (way === 'letter' || !message || !chat) return write('reply');
    const place = { chatId: way, incidentId };
    choose(way, standing !== null);
    const target = { id: chat.messageId, sender: message.from.name, text: message.text };
    answers.answer(place, byHand ? target : undefined);
  }

  useShortcut('replyAll', () => write('reply-all'));
  useShortcut('forward', () => write('forward'));

  return (
    <Card
      incidentId={incidentId}
      focusRef={flow}
      onReply={reply}
      onOpenChat={onOpenChat}
      onOpenWindow={onOpenWindow}
      onCall={({ id, code, title }) => onCall({ incident: { id, code, title } })}
      onNotify={({ id, code, title }) => onNotify({ incident: { id, code, title } })}
      lines={
        <>
          <CallLines incidentId={incidentId} />
          <NoticesLine incidentId={incidentId} />
        </>
      }
      composer={(context) => (
        <IncidentAnswer
          key={incidentId}
          incidentId={incidentId}
          composer={composer}
          answers={answers}
          context={context}
          chosen={chosen?.way ?? null}
          onChoose={(way) => choose(way, true)}
          onLook={() => flow.current?.focus()}
        />
      )}
    />
  );
}
