import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { callMove, isCallOpen } from '../../../shared/domain/calls.ts';
import { answerVerbs, type AnswerVerb } from '../../../shared/domain/reaching.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { PassOnDialog } from './pass-on-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import styles from './page.module.css';

/** What the dispatcher may do: write down what was said by telephone, ask another one, take the call back. */
export function CallActions({
  call,
  onCallAgain,
}: {
  readonly call: CallView;
  readonly onCallAgain: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [asking, setAsking] = useState<'cannot' | 'cancel' | 'pass-on' | null>(null);
  const close = (): void => setAsking(null);
  const at = { id: call.id, expected: call.revision };

  if (!isCallOpen(call.state)) {
    return (
      <div className={styles.actions}>
        {call.state === 'declined' ? (
          <Button kind="primary" onClick={() => setAsking('pass-on')}>
            {t('calls.action.passOn')}
          </Button>
        ) : null}
        <Button onClick={onCallAgain}>{t('calls.action.again')}</Button>
        {asking === 'pass-on' ? <PassOnDialog call={call} onClose={close} /> : null}
      </div>
    );
  }

  async function mark(verb: AnswerVerb, reason = ''): Promise<boolean> {
    const done = await command(() => rpc.calls.mark({ ...at, verb, reason }), {
      done: t('calls.action.marked', { verb: t(`calls.action.mark.${verb}`) }),
    });
    return done !== undefined;
  }

  const verbs = answerVerbs.filter((verb) => {
    const { to } = callMove(call.state, verb);
    return call.contactId !== null && to !== 'same' && to !== 'over';
  });
  return (
    <div className={styles.actions}>
      {verbs.length > 0 ? (
        <div className={styles.said} role="group" aria-label={t('calls.action.label')}>
          <span className={styles.faint}>{t('calls.action.label')}</span>
          {verbs.map((verb) => (
            <Button key={verb} onClick={() => (verb === 'cannot' ? setAsking('cannot') : void mark(verb))}>
              {t(`calls.action.mark.${verb}`)}
            </Button>
          ))}
        </div>
      ) : null}
      <span className={styles.space} />
      <Button onClick={() => setAsking('pass-on')}>{t('calls.action.passOn')}</Button>
      <Button kind="danger" onClick={() => setAsking('cancel')}>
        {t('calls.action.cancel')}
      </Button>
      {asking === 'pass-on' ? <PassOnDialog call={call} onClose={close} /> : null}
      {asking === 'cannot' ? (
        <ReasonDialog
          title={t('calls.action.cannotTitle')}
          label={t('calls.action.cannotReason')}
          submit={t('calls.action.cannotSubmit')}
          onClose={close}
          onSubmit={(reason) => mark('cannot', reason)}
        />
      ) : null}
      {asking === 'cancel' ? (
        <ReasonDialog
          title={t('calls.action.cancelTitle', { number: call.number })}
          text={t('calls.action.cancelText')}
          label={t('calls.action.cancelReason')}
          submit={t('calls.action.cancelSubmit')}
          onClose={close}
          onSubmit={async (reason) =>
            (await command(() => rpc.calls.cancel({ ...at, reason }), {
              done: t('calls.action.cancelled', { number: call.number }),
            })) !== undefined
          }
        />
      ) : null}
    </div>
  );
}
