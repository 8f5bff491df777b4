import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../shared/contract/technicians.ts';
import { LadderPreview } from '../../lib/reach/ladder-preview.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './dialog.module.css';
import { TechnicianChoice } from './technician-choice.tsx';
import type { CallForm } from './use-call-form.ts';

/** Whom to call, who is next, and by what ladder. */
export function CallWho({
  form,
  set,
  suggestions,
  chosen,
  tried,
  onRetry,
}: {
  readonly form: CallForm;
  readonly set: (part: Partial<CallForm>) => void;
  readonly suggestions: readonly Suggestion[] | undefined;
  readonly chosen: number | null;
  readonly tried: boolean;
  /** They could not be had. */
  readonly onRetry: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <h3 className={styles.heading}>{t('calls.create.who')}</h3>
      {onRetry ? (
        <Notice tone="bad" action={<Button onClick={onRetry}>{t('common.retry')}</Button>}>
          {t('calls.create.suggestFailed')}
        </Notice>
      ) : null}
      {suggestions ? (
        <TechnicianChoice
          label={t('calls.create.who')}
          suggestions={suggestions}
          chosen={chosen}
          onChoose={(contactId) => set({ contactId })}
        />
      ) : null}
      {tried && chosen === null && suggestions ? (
        <p className={styles.error} role="alert">
          {t('calls.create.needTechnician')}
        </p>
      ) : null}
      <Switch
        label={t('calls.create.passesOn')}
        description={t('calls.create.passesOnHint')}
        checked={form.passesOn}
        onChange={(passesOn) => set({ passesOn })}
      />
      {chosen === null ? null : (
        <section className={styles.ladder} aria-label={t('calls.create.ladder')}>
          <h3 className={styles.heading}>{t('calls.create.ladder')}</h3>
          <LadderPreview to={[{ kind: 'contact', id: chosen }]} urgency={form.urgency} />
        </section>
      )}
    </div>
  );
}
