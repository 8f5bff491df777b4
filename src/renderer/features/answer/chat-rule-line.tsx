import { Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChatRule } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './panels.module.css';
import { useRuleWords, type Sender } from './rule-words.ts';

/** One rule as a sentence, how often it fitted, and its switch. */
export function RuleLine({
  rule,
  senders,
  editing,
  onEdit,
  onSwitch,
  onRemove,
}: {
  readonly rule: ChatRule;
  readonly senders: readonly Sender[];
  readonly editing: boolean;
  readonly onEdit: () => void;
  readonly onSwitch: (active: boolean) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const words = useRuleWords(senders);
  const language = useStore(preferences.store, (state) => state.language);
  const type = useStore(reference, (state) => state.types.get(rule.typeId ?? 0));
  const name = words(rule);
  const typeName = rule.typeId === null ? t('answer.rules.noType') : nameOf(type, language);

  return (
    <li className={styles.rule} data-off={!rule.active || undefined}>
      <Switch
        label={<span className="visually-hidden">{t('answer.rules.active', { name })}</span>}
        checked={rule.active}
        onChange={onSwitch}
      />
      <span className={styles.ruleWords}>
        <span>{name}</span>
        <span className={styles.faint}>
          {typeName} · {t('answer.rules.hits', { count: rule.hits })}
        </span>
      </span>
      <IconButton
        small
        label={t('answer.rules.edit', { name })}
        pressed={editing}
        icon={<Pencil size={13} />}
        onClick={onEdit}
      />
      <IconButton
        small
        label={t('answer.rules.remove', { name })}
        icon={<Trash2 size={13} />}
        onClick={onRemove}
      />
    </li>
  );
}
