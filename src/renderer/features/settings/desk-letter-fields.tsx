import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { DeskText } from './desk-form-state.ts';

/** What letters take from the desk itself: where hand-overs go in the end, its phone, and whether it answers by itself. */
export function DeskLetterFields({
  form,
  onForm,
  badEmails,
}: {
  readonly form: DeskText;
  readonly onForm: (form: DeskText) => void;
  readonly badEmails: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('lettersOut.desk.contractorEmails')}
        description={t('lettersOut.desk.contractorEmailsHint')}
        value={form.contractorEmails}
        error={badEmails ? t('lettersOut.desk.badEmails') : undefined}
        onChange={(contractorEmails) => onForm({ ...form, contractorEmails })}
      />
      <Field
        label={t('lettersOut.desk.shiftPhone')}
        description={t('lettersOut.desk.shiftPhoneHint')}
        value={form.shiftPhone}
        maxLength={60}
        onChange={(shiftPhone) => onForm({ ...form, shiftPhone })}
      />
      <Switch
        label={t('lettersOut.desk.answersLateLetters')}
        description={t('lettersOut.desk.answersLateLettersHint')}
        checked={form.answersLateLetters}
        onChange={(answersLateLetters) => onForm({ ...form, answersLateLetters })}
      />
    </>
  );
}
