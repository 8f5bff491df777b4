import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetView } from '../../../shared/contract/assets.ts';
import { assetKinds } from '../../../shared/domain/asset-kinds.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { AssetFormPlaces } from './asset-form-places.tsx';
import { draftOf, faultsOf, toInput, type AssetDraft, type AssetFault } from './asset-form-state.ts';
import styles from './assets.module.css';

/** By hand. Of an asset with a source only what is ours to change can be changed. */
export function AssetForm({
  asset,
  onSaved,
  onOther,
  onCancel,
}: {
  readonly asset: AssetView | undefined;
  readonly onSaved: (id: number) => void;
  /** The asset that has the code already. */
  readonly onOther: (id: number) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(asset));
  const [tried, setTried] = useState(false);
  const { save, busy, taken } = useSave(asset?.id, onSaved);
  const faults = tried ? faultsOf(draft) : [];
  const change = (part: Partial<AssetDraft>): void => setDraft({ ...draft, ...part });
  const errorOf = useFaultText(faults);
  const isTaken = taken !== null && taken.code === draft.code;
  const text = (key: 'code' | 'name' | 'state' | 'manager' | 'latitude' | 'longitude') => ({
    label: t(`assets.form.${key}`),
    value: draft[key],
    onChange: (value: string) => change({ [key]: value }),
    error: errorOf(key),
    autoComplete: 'off' as const,
  });
  const many = (key: 'emails' | 'phones' | 'aliases') => ({
    label: t(`assets.form.${key}`),
    description: t('assets.form.manyHint'),
    value: draft[key],
    onChange: (value: string) => change({ [key]: value }),
    error: errorOf(key),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (faultsOf(draft).length > 0) {
      if (form.current) focusFirstInvalid(form.current);
      return;
    }
    void save(draft);
  }

  const foreign = asset?.sourceName ?? null;
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      {foreign === null ? (
        <>
          <Segmented
            label={t('assets.form.kind')}
            value={draft.kind}
            options={assetKinds.map((value) => ({ value, label: t(`assets.kind.${value}`) }))}
            onChange={(kind) => change({ kind })}
          />
          <Field
            {...text('code')}
            error={isTaken ? t('assets.form.codeTaken', { code: taken.code }) : errorOf('code')}
            maxLength={64}
            mono
            autoFocus
          />
          {isTaken && taken.id !== null ? (
            <div>
              <Button onClick={() => onOther(taken.id ?? 0)}>{t('assets.form.openTaken')}</Button>
            </div>
          ) : null}
          <Field {...text('name')} maxLength={200} />
          <Field {...text('state')} maxLength={60} />
          <AssetFormPlaces draft={draft} onChange={change} />
          <TextArea
            label={t('assets.form.address')}
            value={draft.address}
            onChange={(address) => change({ address })}
            maxLength={500}
          />
          <div className={styles.pair}>
            <Field {...text('latitude')} />
            <Field {...text('longitude')} />
          </div>
          <Field {...text('manager')} maxLength={200} />
        </>
      ) : (
        <Notice tone="info">{t('assets.form.fromSource', { name: foreign })}</Notice>
      )}
      <TextArea {...many('emails')} />
      <TextArea {...many('phones')} />
      {foreign !== null && asset?.ownContacts ? (
        <p className={styles.faint}>{t('assets.form.backToSource')}</p>
      ) : null}
      <TextArea {...many('aliases')} mono />
      <div className={styles.formActions}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('assets.form.save')}
        </Button>
        <Button onClick={onCancel}>{t('assets.form.cancel')}</Button>
      </div>
    </form>
  );
}

/** A code that is taken is said at the field; everything else as any failure. */
function useSave(id: number | undefined, onSaved: (id: number) => void) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<{ readonly code: string; readonly id: number | null } | null>(null);

  async function save(draft: AssetDraft): Promise<void> {
    setBusy(true);
    const saved = await command(() => rpc.assets.save(toInput(draft, id)), {
      done: t('assets.form.saved', { code: draft.code.trim() }),
      onError(error) {
        if (error.reason !== 'code-taken') return false;
        const other = error.details['id'];
        setTaken({ code: draft.code, id: typeof other === 'number' ? other : null });
        return true;
      },
    });
    setBusy(false);
    if (saved) onSaved(saved.id);
  }
  return { save, busy, taken };
}

function useFaultText(faults: readonly AssetFault[]): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const fault = faults.find((other) => other.field === field);
    if (!fault) return undefined;
    const { field: _, key, ...facts } = fault;
    return t(`assets.form.${key}`, { ...noFacts, ...facts });
  };
}

const noFacts = { least: 0, most: 0, email: '', text: '' };
