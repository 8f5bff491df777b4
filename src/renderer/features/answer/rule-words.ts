import { useTranslation } from 'react-i18next';
import type { ChatRule } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';

export type Sender = { readonly id: string; readonly name: string };
export type RuleKind = ChatRule['kind'];
export const ruleKinds: readonly RuleKind[] = ['all', 'code', 'sender', 'keyword'];

/** Parts of a rule's value, without blanks and repeats. */
export function partsOf(value: string): readonly string[] {
  return [...new Set(value.split(',').map((part) => part.trim()))].filter((part) => part !== '');
}

/** What a rule looks for, as a sentence. */
export function useRuleWords(senders: readonly Sender[]): (rule: Pick<ChatRule, 'kind' | 'value'>) => string {
  const { t } = useTranslation();
  return ({ kind, value }) => {
    const names = partsOf(value).map((part) => {
      if (kind !== 'sender') return `«${safeLine(part)}»`;
      const known = senders.find(({ id }) => id === part);
      return known ? safeLine(known.name) : t('answer.rules.unknownSender');
    });
    return t(`answer.rules.says.${kind}`, { value: names.join(', ') });
  };
}
