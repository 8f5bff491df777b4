import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerView } from '../../../shared/contract/links.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './floods.module.css';

const kinds = ['flood', 'outbox'] as const;

/** One text, a letter for each who asked; taken back as one while nothing has left. */
export function AnswerAll({
  floodId,
  incidentIds,
  answer,
}: {
  /** Null when people chose them. */
  readonly floodId: number | null;
  readonly incidentIds: readonly number[];
  /** The last one of this flood. */
  readonly answer: AnswerView | null;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const [text, setText] = useState('');
  const [batchId, setBatchId] = useState<number | null>(null);
  const [isBusy, setBusy] = useState(false);
  const shown = batchId ?? answer?.batchId ?? null;
  const canSend = text.trim() !== '' && incidentIds.length > 0;
  useShortcut('send', () => void send(), canSend);

  async function send(): Promise<void> {
    if (!canSend || isBusy) return;
    setBusy(true);
    const begun = await command(() =>
      rpc.links.answerAll({ incidentIds: [...incidentIds], floodId, text: text.trim() }),
    );
    setBusy(false);
    if (!begun) return;
    setBatchId(begun.batchId);
    setText('');
  }

  return (
    <section className={styles.answer} aria-label={t('links.answer.title')}>
      <TextArea
        label={t('links.answer.text')}
        description={t('links.answer.hint', { facts: '{{code}}, {{asset}}' })}
        value={text}
        onChange={setText}
        minRows={3}
        maxLength={20_000}
      />
      <div className={styles.actions}>
        <Button
          kind="primary"
          keys={keys('send')}
          busy={isBusy}
          disabled={!canSend}
          onClick={() => void send()}
        >
          {t('links.answer.send')}
        </Button>
        <span className={styles.more}>{t('links.answer.who', { count: incidentIds.length })}</span>
      </div>
      {shown === null ? null : <Progress key={shown} batchId={shown} onTakenBack={setText} />}
    </section>
  );
}

/** How far it has got, whom it could not reach, and the way back. */
function Progress({
  batchId,
  onTakenBack,
}: {
  readonly batchId: number;
  readonly onTakenBack: (text: string) => void;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const now = useSecond();
  const load = useMemo(
    () => (from: Rpc, signal: AbortSignal) => from.links.answers({ batchId }, { signal }),
    [batchId],
  );
  const { data } = useServerData(load, kinds);
  if (!data) return null;
  const waiting = data.parts.filter(({ state }) => state === 'waiting').length;
  const queued = data.parts.filter(({ state }) => state === 'queued').length;
  const skipped = data.parts.filter(({ state }) => state === 'skipped');
  const seconds = Math.ceil((data.undoUntil - now) / 1000);

  async function takeBack(): Promise<void> {
    const done = await command(() => rpc.links.takeBackAnswers({ batchId }), {
      done: ({ takenBack, left }) =>
        left === 0 ? t('links.answer.takenBackAll') : t('links.answer.takenBack', { count: takenBack }),
    });
    if (done?.text) onTakenBack(done.text);
  }

  return (
    <div className={styles.progress}>
      <p role="status">
        {data.takenBackAt !== null && queued === 0
          ? t('links.answer.takenBackAll')
          : waiting > 0
            ? t('links.answer.progress', { done: data.parts.length - waiting, total: data.parts.length })
            : t('links.answer.sent', { count: queued })}
      </p>
      {skipped.length > 0 ? (
        <p>
          {t('links.answer.skipped', {
            codes: skipped.map(({ code, reason }) => `${code} (${t(whyKey(reason))})`).join(', '),
          })}
        </p>
      ) : null}
      {data.takenBackAt === null && (seconds > 0 || waiting > 0) ? (
        <div className={styles.actions}>
          <Button onClick={() => void takeBack()}>{t('links.answer.takeBack')}</Button>
          {seconds > 0 ? <span className={styles.more}>{t('links.answer.undoFor', { seconds })}</span> : null}
        </div>
      ) : null}
    </div>
  );
}

const known = ['no-address', 'no-account', 'write-forbidden', 'chat-gone', 'merged', 'restored'] as const;

function whyKey(reason: string | null): `links.answer.why.${(typeof known)[number] | 'other'}` {
  return `links.answer.why.${known.find((one) => one === reason) ?? 'other'}`;
}
