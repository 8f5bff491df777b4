import type { IgnoreRule } from '../../shared/contract/settings.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';

/** The first rule that says this letter is not an incident. */
export function matchingRule(
  rules: readonly IgnoreRule[],
  letter: Pick<InboundMessage, 'from' | 'subject' | 'listId'>,
): IgnoreRule | undefined {
  return rules.find((rule) => matches(rule, letter));
}

function matches(rule: IgnoreRule, letter: Pick<InboundMessage, 'from' | 'subject' | 'listId'>): boolean {
  const value = foldText(rule.value);
  if (value === '') return false;
  switch (rule.field) {
    case 'sender': {
      const sender = foldText(letter.from?.address ?? '');
      return value.startsWith('@') ? sender.endsWith(value) : sender === value;
    }
    case 'subject':
      return matchesWildcard(foldText(letter.subject), value);
    case 'list-id':
      return foldText(letter.listId ?? '').replaceAll(/[<>]/g, '') === value.replaceAll(/[<>]/g, '');
  }
}

/**
 * Without a star the words may stand anywhere; with stars the whole subject must fit. Pieces are found one after
 * another instead of by a made-up RegExp, which a hostile subject could keep busy for minutes.
 */
function matchesWildcard(subject: string, value: string): boolean {
  if (!value.includes('*')) return subject.includes(value);
  const pieces = value.split('*');
  const first = pieces.at(0) ?? '';
  const last = pieces.at(-1) ?? '';
  if (!subject.startsWith(first) || !subject.endsWith(last) || subject.length < first.length + last.length) {
    return false;
  }
  let at = first.length;
  const end = subject.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = subject.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
