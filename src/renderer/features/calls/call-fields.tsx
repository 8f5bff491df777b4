import { useTranslation } from 'react-i18next';
import { urgencies } from '../../../shared/domain/reaching.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { CallPlace } from './call-place.tsx';
import type { CallForm } from './use-call-form.ts';

/** What the technician is told: where, what, and how soon. */
export function CallFields({
  form,
  set,
  tried,
  onAsset,
}: {
  readonly form: CallForm;
  readonly set: (part: Partial<CallForm>) => void;
  readonly tried: boolean;
  readonly onAsset: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const noWords = form.description.trim() === '';
  return (
    <>
      <CallPlace form={form} set={set} onAsset={onAsset} />
      <TextArea
        label={t('calls.create.description')}
        placeholder={t('calls.create.descriptionHint')}
        value={form.description}
        onChange={(description) => set({ description })}
        error={tried && noWords ? t('calls.create.needDescription') : undefined}
        minRows={3}
        maxLength={4000}
        required
        autoFocus
      />
      <Segmented
        label={t('calls.create.urgency')}
        value={form.urgency}
        options={urgencies.map((value) => ({ value, label: t(`calls.urgency.${value}`) }))}
        onChange={(urgency) => set({ urgency })}
      />
    </>
  );
}
