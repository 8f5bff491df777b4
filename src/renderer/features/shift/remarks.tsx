import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../shared/contract/shift.ts';
import { useDesk } from '../../lib/desk.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

/** What the taker asked and what was answered; beside the document, which never changes. */
export function Remarks({
  handover: { id, said },
}: {
  readonly handover: Pick<HandoverView, 'id' | 'said'>;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const format = useFormat();
  const now = useSecond();
  const names = useNames();
  const [text, setText] = useState('');

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '') return;
    const done = await command(() => rpc.shift.remark({ id, text }), { done: t('shift.document.asked') });
    if (done) setText('');
  }

  return (
    <section className={styles.block} aria-label={t('shift.document.remarks')}>
      <h3 className={styles.heading}>{t('shift.document.remarks')}</h3>
      <ul className={styles.items}>
        {said.map((remark) => (
          <li key={`${remark.at} ${remark.personId}`} className={styles.item}>
            <span className={styles.faint}>
              {names.person(remark.personId)}, {format.when(remark.at, now)}
            </span>
            <span className={styles.note}>{remark.text}</span>
          </li>
        ))}
      </ul>
      <form className={`${styles.block} ${styles.hidden}`} onSubmit={(event) => void ask(event)}>
        <TextArea label={t('shift.document.remark')} value={text} onChange={setText} maxLength={2000} />
        <div>
          <Button type="submit" disabled={text.trim() === ''}>
            {t('shift.document.ask')}
          </Button>
        </div>
      </form>
    </section>
  );
}
