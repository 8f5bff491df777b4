import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../../shared/contract/incidents.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import type { LetterSelection } from './letter-selection.ts';
import styles from './links.module.css';

/** A letter with what belonging to several incidents asks of it: a box to choose it, and where it came from. */
export function ChosenLetter({
  message,
  selection,
  origin,
  children,
}: {
  readonly message: Pick<MessageView, 'id' | 'subject' | 'text'>;
  readonly selection: LetterSelection | undefined;
  /** Code of the merged incident it came with. */
  readonly origin: string | undefined;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const subject = message.subject || message.text.slice(0, 80);
  return (
    <>
      {origin === undefined ? null : (
        <p className={styles.origin}>{t('links.merge.from', { code: origin })}</p>
      )}
      {selection?.isOn ? (
        <Checkbox
          label={t('links.letters.choose', { subject })}
          checked={selection.has(message.id)}
          onChange={() => selection.toggle(message.id)}
        />
      ) : null}
      {children}
    </>
  );
}
