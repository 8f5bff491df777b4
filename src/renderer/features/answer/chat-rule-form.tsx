import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChatRule } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './panels.module.css';
import { partsOf, ruleKinds, type RuleKind, type Sender } from './rule-words.ts';

type Made = Omit<ChatRule, 'id' | 'hits'> & { readonly id?: number };

/** A new rule, or the one being changed. */
export function RuleForm({
  chatId,
  rule,
  senders,
  onSave,
  onCancel,
}: {
  readonly chatId: number;
  readonly rule: ChatRule | null;
  readonly senders: readonly Sender[];
  readonly onSave: (rule: Made) => Promise<boolean>;
  readonly onCancel: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<RuleKind>(rule?.kind ?? 'code');
  const [value, setValue] = useState(rule?.value ?? '');
  const [typeId, setTypeId] = useState(rule?.typeId ?? null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const parts = kind === 'all' ? [] : partsOf(value);
  const isMissing = kind !== 'all' && parts.length === 0;

  async function submit(): Promise<void> {
    setTried(true);
    if (isMissing || busy) return;
    setBusy(true);
    const saved = await onSave({
      ...(rule ? { id: rule.id } : {}),
      chatId,
      kind,
      value: parts.join(','),
      typeId,
      active: rule?.active ?? true,
    });
    setBusy(false);
    if (!saved) return;
    setValue('');
    setTried(false);
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
    >
      <Select
        inPlace
        label={t('answer.rules.kind')}
        value={kind}
        options={ruleKinds.map((key) => ({ value: key, label: t(`answer.rules.kinds.${key}`) }))}
        onChange={(next) => {
          const found = ruleKinds.find((key) => key === next);
          if (!found || found === kind) return;
          setKind(found);
          setValue('');
          setTried(false);
        }}
      />
      <RuleValue
        kind={kind}
        value={value}
        senders={senders}
        onChange={setValue}
        error={tried && isMissing ? t('answer.rules.needValue') : undefined}
      />
      <TypeChoice typeId={typeId} onChange={setTypeId} />
      <div className={styles.end}>
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        ) : null}
        <Button type="submit" kind="primary" busy={busy}>
          {t(rule ? 'answer.rules.save' : 'answer.rules.add')}
        </Button>
      </div>
    </form>
  );
}

function RuleValue({
  kind,
  value,
  senders,
  onChange,
  error,
}: {
  readonly kind: RuleKind;
  readonly value: string;
  readonly senders: readonly Sender[];
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}) {
  const { t } = useTranslation();
  if (kind === 'all') return null;
  if (kind === 'sender') {
    return (
      <div>
        <MultiSelect
          label={t('answer.rules.value.sender')}
          placeholder={t('answer.rules.valueHint.sender')}
          nothingFound={t('answer.rules.noSenders')}
          options={senders.map(({ id, name }) => ({ value: id, label: safeLine(name) || id }))}
          value={partsOf(value)}
          onChange={(ids) => onChange(ids.join(','))}
        />
        {error ? (
          <p className={styles.error} role="alert">
            {error}
          </p>
        ) : null}
      </div>
    );
  }
  return (
    <Field
      label={t(`answer.rules.value.${kind}`)}
      description={t(`answer.rules.valueHint.${kind}`)}
      value={value}
      onChange={onChange}
      maxLength={500}
      mono={kind === 'code'}
      error={error}
    />
  );
}

function TypeChoice({
  typeId,
  onChange,
}: {
  readonly typeId: number | null;
  readonly onChange: (typeId: number | null) => void;
}) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const types = useStore(reference, (state) => state.types);
  const language = useStore(preferences.store, (state) => state.language);
  return (
    <Select
      inPlace
      label={t('answer.rules.type')}
      placeholder={t('answer.rules.noType')}
      value={typeId === null ? null : String(typeId)}
      options={[...types.values()]
        .filter((type) => type.active || type.id === typeId)
        .map((type) => ({ value: String(type.id), label: nameOf(type, language) }))}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      clearable
      searchable
      nothingFound={t('common.nothingFound')}
    />
  );
}
