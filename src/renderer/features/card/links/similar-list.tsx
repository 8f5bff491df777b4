import { useTranslation } from 'react-i18next';
import type { SimilarIncident, SimilarReason } from '../../../../shared/contract/links.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IncidentWords } from './incident-link.tsx';
import styles from './links.module.css';
import type { LinkActions } from './use-link-actions.ts';
import { useSimilar } from './use-link-data.ts';

/** What may be the same trouble, with why and how surely; the keys answer to the first. */
export function SimilarList({
  incidentId,
  actions,
}: {
  readonly incidentId: number;
  readonly actions: LinkActions;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useSimilar(incidentId);
  const [first] = data?.similar ?? [];
  const then = (done: Promise<unknown>): void => void done.then(reload);
  useShortcut('similarDuplicate', () => first && then(actions.add(first, 'duplicate')), first !== undefined);
  useShortcut('similarDismiss', () => first && then(actions.unlike(first)), first !== undefined);
  if (error && !data) return <p role="alert">{errorText(error)}</p>;
  return (
    <section className={styles.section} aria-label={t('links.similar.title')} aria-busy={!data}>
      <h3>{t('links.similar.title')}</h3>
      {data?.similar.length === 0 ? <p className={styles.note}>{t('links.similar.none')}</p> : null}
      <ul className={styles.section}>
        {data?.similar.map((hint) => (
          <Hint
            key={hint.id}
            hint={hint}
            isFirst={hint === first}
            onLink={(role) => then(actions.add(hint, role))}
            onMerge={() => then(actions.take(hint))}
            onDismiss={() => then(actions.unlike(hint))}
          />
        ))}
      </ul>
    </section>
  );
}

function Hint({
  hint,
  isFirst,
  onLink,
  onMerge,
  onDismiss,
}: {
  readonly hint: SimilarIncident;
  readonly isFirst: boolean;
  readonly onLink: (role: 'duplicate' | 'related') => void;
  readonly onMerge: () => void;
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const words = useReasonWords();
  const why = hint.reasons.map(words).join(', ');
  const named = <span className="visually-hidden">{` ${hint.code}`}</span>;
  return (
    <li className={styles.hint}>
      <div className={styles.words}>
        <IncidentWords incident={hint} />
        <span className={styles.why} title={why}>
          {`${t('links.similar.percent', { percent: hint.percent })} · ${why}`}
        </span>
      </div>
      <div className={styles.actions}>
        <Button keys={isFirst ? keys('similarDuplicate') : undefined} onClick={() => onLink('duplicate')}>
          {t('links.similar.duplicate')}
          {named}
        </Button>
        <Button kind="quiet" onClick={() => onLink('related')}>
          {t('links.similar.related')}
          {named}
        </Button>
        {hint.finishedAt === null ? (
          <Button kind="quiet" onClick={onMerge}>
            {t('links.similar.merge')}
            {named}
          </Button>
        ) : null}
        <Button kind="quiet" keys={isFirst ? keys('similarDismiss') : undefined} onClick={onDismiss}>
          {t('links.similar.dismiss')}
          {named}
        </Button>
      </div>
    </li>
  );
}

function useReasonWords(): (reason: SimilarReason) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (reason) => {
    switch (reason.kind) {
      case 'asset':
      case 'pole':
        return t(`links.similar.${reason.kind}`, { code: reason.code });
      case 'near':
        return t('links.similar.near', { length: format.age(reason.apartMs) });
      case 'title':
        return t('links.similar.title_reason');
      default:
        return t(`links.similar.${reason.kind}`);
    }
  };
}
