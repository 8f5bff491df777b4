import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Notice } from '../../ui/notice.tsx';
import { Steps, WaitLine } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useStepCall, type StepFailure } from './use-step-call.ts';
import { useTelegramCommand } from './use-telegram-command.ts';

const keySite = 'https://my.telegram.org/apps';
const largestId = 2_147_483_647;

/** Telegram is asked whether it knows the key; where it cannot be asked, the key can be kept all the same. */
export function ApiForm({
  apiId,
  onSaved,
  onCancel,
}: {
  readonly apiId: number | null;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useTelegramCommand();
  const call = useStepCall();
  const [id, setId] = useState(apiId === null ? '' : String(apiId));
  const [hash, setHash] = useState('');
  const [tried, setTried] = useState(false);
  const badId = !/^\d+$/.test(id.trim()) || Number(id) < 1 || Number(id) > largestId;
  const badHash = !/^[0-9a-f]{32}$/i.test(hash.trim());

  async function save(force: boolean): Promise<void> {
    const saved = await call.run(() =>
      rpc.telegram.saveApi({ apiId: Number(id), apiHash: hash.trim(), force }),
    );
    if (!saved) return;
    toasts.show({ text: t(force ? 'telegram.api.doneUnchecked' : 'telegram.api.done') });
    onSaved();
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (badId || badHash) focusFirstInvalid(event.currentTarget);
    else if (!call.busy) void save(false);
  }

  return (
    <div className={styles.apiColumns}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {apiId === null ? <p>{t('telegram.api.missing')}</p> : null}
        <Field
          label={t('telegram.api.id')}
          description={t('telegram.api.idHint')}
          value={id}
          onChange={setId}
          error={tried && badId ? t('telegram.api.badId') : undefined}
          mono
          inputMode="numeric"
          maxLength={10}
          autoComplete="off"
          autoFocus={apiId !== null}
        />
        <Field
          label={t('telegram.api.hash')}
          description={t(apiId === null ? 'telegram.api.hashHint' : 'telegram.api.hashKeep')}
          value={hash}
          onChange={setHash}
          error={tried && badHash ? t('telegram.api.badHash') : undefined}
          mono
          maxLength={64}
          autoComplete="off"
        />
        <SaveFailure failure={call.failure} busy={call.busy} onForce={() => void save(true)} />
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" busy={call.busy}>
            {t('telegram.api.save')}
          </Button>
          {apiId === null ? null : (
            <Button kind="quiet" onClick={onCancel}>
              {t('telegram.cancel')}
            </Button>
          )}
        </div>
      </form>
      <Notice tone="info" title={t('telegram.api.howTitle')}>
        <div className={styles.stack}>
          <Steps text={t('telegram.api.how')} />
          <p>{t('telegram.api.why')}</p>
          <div>
            <Button onClick={() => void command(() => rpc.shell.openExternal({ url: keySite }))}>
              {t('telegram.api.open')}
            </Button>
          </div>
        </div>
      </Notice>
    </div>
  );
}

/** A refusal is final; with nobody to ask the key may be kept unchecked. */
function SaveFailure({
  failure,
  busy,
  onForce,
}: {
  readonly failure: StepFailure | null;
  readonly busy: boolean;
  readonly onForce: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useTelegramErrorText();
  const runtimeText = useRuntimeText();
  if (!failure) return null;
  const text = errorText(failure.error);
  const short = runtimeText(`telegram.attempts.short.${failure.error.reason ?? failure.error.code}`);
  if (failure.error.reason === 'api-refused') {
    return (
      <Notice tone="bad" alert title={t('telegram.api.refusedTitle')}>
        {text}
      </Notice>
    );
  }
  return (
    <Notice tone="risk" alert title={t('telegram.api.offline', { why: short ?? text })}>
      <div className={styles.stack}>
        <p>{t('telegram.api.offlineText')}</p>
        <WaitLine until={failure.waitUntil} />
        <div>
          <Button disabled={busy} onClick={onForce}>
            {t('telegram.api.force')}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
