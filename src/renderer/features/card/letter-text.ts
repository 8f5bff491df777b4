import { useTranslation } from 'react-i18next';
import type { LinkEvidence } from '../../../shared/contract/incidents.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';

/** What must be known before the letter is believed or answered; the rest stands in its details. */
const urgentNotes: ReadonlySet<string> = new Set([
  'code-from-stranger',
  'html-dropped',
  'text-cut',
  'nesting-cut',
  'parts-cut',
  'tnef-unreadable',
  'quarantined',
]);

export function isUrgentNote(note: string): boolean {
  return urgentNotes.has(note);
}

/** Words for what core noted about a letter; a note without words is shown as it is, never hidden. */
export function useLetterText() {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();

  /** `before-start`, `foreign KRS-15`, `rule sender @news.example`: why a letter was kept without an incident. */
  function storedWhy(detail: string): string {
    const [kind, ...rest] = detail.split(' ');
    if (kind === 'before-start') return t('card.stored.before-start');
    if (kind === 'foreign') return t('card.stored.foreign', { code: rest.join(' ') });
    if (kind === 'rule') return t('card.stored.rule', { rule: rest.slice(1).join(' ') });
    if (kind === 'notice') return t('card.stored.notice', { code: rest.join(' ') });
    return detail;
  }

  return {
    note: (note: string): string => runtimeText(`card.note.${note}`) ?? note,
    /** What gave an automatic letter away: one of our names, else the header that did. */
    evidence: (name: string): string =>
      runtimeText(`card.evidence.${name}`) ?? t('card.evidence.header', { name }),
    link({ by, detail }: LinkEvidence): string {
      const words = t(`card.link.${by}`, { detail: detail ?? '' });
      return by === 'stored' && detail !== undefined ? `${words}: ${storedWhy(detail)}` : words;
    },
  };
}
