import { useTranslation } from 'react-i18next';
import type { LinkEvidence } from '../../../shared/contract/incidents.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import styles from './letter.module.css';
import { useLetterText } from './letter-text.ts';

/** What needs no word: the usual way a message comes to stand where it stands. */
const plain: ReadonlySet<LinkEvidence['by']> = new Set(['opened', 'reply', 'sent', 'same-sender']);

/** Why the message stands here, when that is worth a word; and the way to the other place it named. */
export function Evidence({
  link,
  onMove,
}: {
  readonly link: LinkEvidence;
  readonly onMove: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const letterText = useLetterText();
  const keys = useKeys();
  const { otherIncidentId, otherCode } = link;
  if (plain.has(link.by) && otherIncidentId === undefined) return null;
  return (
    <p className={styles.evidence}>
      <span className={styles.chip}>{letterText.link(link)}</span>
      {otherIncidentId !== undefined ? (
        <>
          <span className={styles.other}>{t('card.link.other', { code: otherCode ?? '' })}</span>
          <Button keys={keys('moveLetter')} onClick={() => onMove(otherIncidentId)}>
            {t('card.timeline.moveLetter', { code: otherCode ?? '' })}
          </Button>
        </>
      ) : null}
    </p>
  );
}
