import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { CallAsset } from './call-asset.tsx';
import styles from './filter-popover.module.css';

const blank = {
  applicantPhone: '',
  applicantName: '',
  applicantAddress: '',
  title: '',
  asset: '',
  typeId: null as number | null,
  description: '',
};

/** Filled in while the caller speaks: the number first, nothing but the title needed. */
export function CreateIncident({
  personId,
  onClose,
  onCreated,
}: {
  readonly personId: number;
  readonly onClose: () => void;
  readonly onCreated: (id: number) => void;
}) {
  const { rpc, reference, preferences } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const types = useStore(reference, (state) => state.types);
  const [form, setForm] = useState(blank);
  const [asset, setAsset] = useState<AssetRow | null>(null);
  const [mine, setMine] = useState(true);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof blank>): void => setForm({ ...form, ...part });

  async function submit(): Promise<void> {
    setTried(true);
    if (form.title.trim() === '' || busy) return;
    setBusy(true);
    const made = await command(
      () =>
        rpc.incidents.open({
          ...form,
          ...(asset ? { asset: asset.code, assetId: asset.id } : {}),
          assigneeId: mine ? personId : null,
        }),
      { done: ({ code }) => t('queue.create.done', { code }) },
    );
    setBusy(false);
    if (made) onCreated(made.id);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('queue.create.title')}
      closeLabel={t('common.close')}
      width={560}
      footer={
        <>
          <Checkbox label={t('queue.create.assignMe')} checked={mine} onChange={setMine} />
          <span className={styles.space} />
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={busy} keys="Ctrl ↵" onClick={() => void submit()}>
            {t('queue.create.submit')}
          </Button>
        </>
      }
    >
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        }}
      >
        <div className={styles.pair}>
          <Field
            label={t('queue.create.phone')}
            kind="tel"
            value={form.applicantPhone}
            onChange={(applicantPhone) => set({ applicantPhone })}
            autoFocus
            maxLength={40}
          />
          <Field
            label={t('queue.create.name')}
            value={form.applicantName}
            onChange={(applicantName) => set({ applicantName })}
            maxLength={200}
          />
        </div>
        <Field
          label={t('queue.create.subject')}
          placeholder={t('queue.create.subjectHint')}
          value={form.title}
          onChange={(title) => set({ title })}
          error={tried && form.title.trim() === '' ? t('queue.create.needTitle') : undefined}
          maxLength={300}
          required
        />
        <div className={styles.pair}>
          <CallAsset asset={asset} onChoose={setAsset} onType={(words) => set({ asset: words })} />
          <Select
            label={t('queue.create.type')}
            value={form.typeId === null ? null : String(form.typeId)}
            options={[...types.values()]
              .filter((type) => type.active)
              .map((type) => ({ value: String(type.id), label: nameOf(type, language) }))}
            onChange={(value) => set({ typeId: value === null ? null : Number(value) })}
            clearable
            searchable
            nothingFound={t('common.nothingFound')}
          />
        </div>
        <TextArea
          label={t('queue.create.description')}
          value={form.description}
          onChange={(description) => set({ description })}
          minRows={4}
          maxLength={20_000}
        />
        <Field
          label={t('queue.create.address')}
          kind="email"
          value={form.applicantAddress}
          onChange={(applicantAddress) => set({ applicantAddress })}
          maxLength={320}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
