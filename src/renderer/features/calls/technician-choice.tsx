import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../shared/contract/technicians.ts';
import { formatRoute } from '../../lib/router.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './choice.module.css';
import { useWhy } from './use-why.ts';

/** Those nothing speaks against are in sight; the others a person chooses knowingly. */
const mostShown = 4;

/** Whom to call: best first, each with what speaks for and against them. */
export function TechnicianChoice({
  label,
  suggestions,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number | null;
  readonly onChoose: (contactId: number) => void;
}) {
  const { t } = useTranslation();
  const name = useId();
  const { words } = useWhy();
  const [all, setAll] = useState(false);
  if (suggestions.length === 0) {
    return (
      <EmptyState
        title={t('calls.create.nobody')}
        action={<a href={formatRoute({ page: 'directory' })}>{t('calls.create.openDirectory')}</a>}
      >
        {t('calls.create.nobodyText')}
      </EmptyState>
    );
  }
  const [first] = suggestions;
  const shown = suggestions.filter(
    ({ contactId }, index) => all || index < mostShown || contactId === chosen,
  );
  return (
    <div className={styles.choice}>
      {first?.fits ? null : <Notice tone="risk">{t('calls.create.noneFits')}</Notice>}
      <div role="radiogroup" aria-label={label} className={styles.options}>
        {shown.map((suggestion) => {
          const { contactId, fits, reasons, organisation, phone } = suggestion;
          return (
            <label key={contactId} className={styles.option} data-fits={fits || undefined}>
              <input
                type="radio"
                name={name}
                checked={contactId === chosen}
                onChange={() => onChoose(contactId)}
              />
              <span className={styles.who}>
                <span>
                  <span className={styles.name}>{suggestion.name}</span>
                  {suggestion === first && fits ? (
                    <span className={styles.mark}> ✓ {t('calls.create.suggested')}</span>
                  ) : null}
                </span>
                <span className={styles.why}>
                  {fits ? '' : '▲ '}
                  {words(reasons)}
                </span>
                {organisation || phone ? (
                  <span className={styles.faint}>
                    {organisation}
                    {organisation && phone ? ' · ' : ''}
                    <span className={styles.phone}>{phone}</span>
                  </span>
                ) : null}
              </span>
            </label>
          );
        })}
      </div>
      {shown.length < suggestions.length ? (
        <div>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {t('calls.create.others', { count: suggestions.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
