import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../shared/contract/shift.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { HandoverItems } from './handover-items.tsx';
import { Remarks } from './remarks.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

/** A signed hand-over, whole: to read, to take, to ask about, to print. */
export function HandoverSheet({
  handover,
  onOpenIncident,
  onBack,
}: {
  readonly handover: HandoverView;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onBack?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { document } = handover;
  return (
    <article className={styles.sheet} aria-label={t('shift.document.title', { name: document.personName })}>
      <Head handover={handover} />
      <Actions handover={handover} onBack={onBack} />
      {document.words === '' ? null : (
        <section className={styles.block} aria-label={t('shift.document.words')}>
          <h3 className={styles.heading}>{t('shift.document.words')}</h3>
          <p className={styles.note}>{document.words}</p>
        </section>
      )}
      <HandoverItems items={document.items} onOpenIncident={onOpenIncident} />
      {document.leftOut > 0 ? <p>{t('shift.document.leftOut', { count: document.leftOut })}</p> : null}
      <p className={styles.faint}>{t(`shift.document.work.${document.work}`)}</p>
      <Remarks handover={handover} />
      <p className={styles.faint}>{t('shift.document.id', { uuid: handover.uuid })}</p>
    </article>
  );
}

function Head({ handover }: { readonly handover: HandoverView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { document, signedAt, acknowledgedAt, acknowledgedBy } = handover;
  return (
    <header className={styles.block}>
      <h2>{t('shift.document.title', { name: document.personName })}</h2>
      <p className={styles.faint}>
        {t('shift.document.signed', { time: format.full(signedAt) })}
        {document.shiftStartedAt === null
          ? null
          : `, ${t('shift.document.shift', { time: format.full(document.shiftStartedAt) })}`}
        . {t('shift.document.to', { who: names.to(handover.to) })}.
      </p>
      <p className={acknowledgedAt === null ? styles.risk : styles.faint}>
        {acknowledgedAt === null
          ? t('shift.document.waits')
          : t('shift.document.taken', {
              time: format.full(acknowledgedAt),
              name: names.person(acknowledgedBy),
            })}
      </p>
    </header>
  );
}

function Actions({
  handover,
  onBack,
}: {
  readonly handover: HandoverView;
  readonly onBack: (() => void) | undefined;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const { id, mine } = handover;
  return (
    <div className={`${styles.row} ${styles.hidden}`}>
      {mine ? (
        <Button
          kind="primary"
          onClick={() =>
            void command(() => rpc.shift.acknowledge({ id }), { done: t('shift.document.acknowledged') })
          }
        >
          {t('shift.document.acknowledge')}
        </Button>
      ) : null}
      {onBack ? <Button onClick={() => window.print()}>{t('shift.document.print')}</Button> : null}
      {onBack ? (
        <Button kind="quiet" onClick={onBack}>
          {t('shift.document.back')}
        </Button>
      ) : null}
    </div>
  );
}
