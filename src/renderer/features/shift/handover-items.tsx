import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { handoverKinds, type HandoverItem } from '../../../shared/contract/shift.ts';
import styles from './shift.module.css';
import { useItemText } from './use-item-text.ts';

/** The document's things by kind, in the order they are read aloud. */
export function HandoverItems({
  items,
  onOpenIncident,
  head,
  beside,
}: {
  readonly items: readonly HandoverItem[];
  readonly onOpenIncident?: ((incidentId: number) => void) | undefined;
  /** Instead of the thing's own head: a way to strike it. */
  readonly head?: ((item: HandoverItem) => ReactNode) | undefined;
  /** Under each thing: a place for words, or nothing. */
  readonly beside?: ((item: HandoverItem) => ReactNode) | undefined;
}) {
  const { t } = useTranslation();
  const text = useItemText();
  const groups = handoverKinds
    .map((kind) => ({ kind, items: items.filter((item) => item.kind === kind) }))
    .filter((group) => group.items.length > 0);
  return groups.map(({ kind, items: listed }) => (
    <section key={kind} className={styles.block} aria-label={t(`shift.kinds.${kind}`)}>
      <h3 className={styles.heading}>
        {t(`shift.kinds.${kind}`)} <span className={styles.faint}>{listed.length}</span>
      </h3>
      <ul className={styles.items}>
        {listed.map((item) => (
          <li key={item.key} className={styles.item}>
            {head ? head(item) : <ItemHead item={item} onOpenIncident={onOpenIncident} />}
            <span className={styles.faint}>{text(item)}</span>
            {item.note === '' ? null : <span className={styles.note}>{item.note}</span>}
            {beside?.(item)}
          </li>
        ))}
      </ul>
    </section>
  ));
}

function ItemHead({
  item,
  onOpenIncident,
}: {
  readonly item: HandoverItem;
  readonly onOpenIncident: ((incidentId: number) => void) | undefined;
}) {
  const { incidentId, code, title } = item;
  if (code === '' && title === '') return null;
  return (
    <span>
      {incidentId !== null && onOpenIncident && code !== '' ? (
        <a
          href={`#/queue/${incidentId}`}
          className={styles.code}
          onClick={(event) => {
            event.preventDefault();
            onOpenIncident(incidentId);
          }}
        >
          {code}
        </a>
      ) : (
        <span className={styles.code}>{code}</span>
      )}{' '}
      {title}
    </span>
  );
}
