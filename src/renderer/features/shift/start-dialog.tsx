import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Person } from '../../../shared/contract/session.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { HandoverPage } from './handover-page.tsx';
import styles from './shift.module.css';
import { SoundTest } from './sound-test.tsx';
import { useNames } from './use-names.ts';
import { useShiftState } from './use-shift-state.ts';

/** What somebody who comes must do and know: hear the alarm, take what was handed over, see how the desk is. */
export function StartDialog({
  person,
  onClose,
  onOpenIncident,
}: {
  readonly person: Person;
  readonly onClose: () => void;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const { people } = useNames();
  const { data } = useShiftState();
  const [tested, setTested] = useState(false);
  const isOnDuty = (people.get(person.id)?.onDutySince ?? null) !== null;
  const mine = (data?.waiting ?? []).filter((line) => line.mine);

  async function begin(): Promise<void> {
    const done = await command(() => rpc.shift.begin({}), {
      done: ({ assigned }) =>
        assigned > 0 ? t('shift.start.started', { count: assigned }) : t('shift.start.startedNone'),
    });
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('shift.start.title')}
      closeLabel={t('common.close')}
      width={760}
      footer={
        <>
          {tested ? null : <span className={styles.faint}>{t('shift.start.testFirst')}</span>}
          {isOnDuty ? (
            <Button kind="primary" onClick={onClose}>
              {t('shift.start.done')}
            </Button>
          ) : (
            <Button kind="primary" onClick={() => void begin()}>
              {t('shift.start.go')}
            </Button>
          )}
        </>
      }
    >
      {isOnDuty ? <p className={styles.faint}>{t('shift.start.running')}</p> : null}
      <SoundTest onAnswered={() => setTested(true)} />
      <section className={styles.block} aria-label={t('shift.start.handovers')}>
        <h2 className={styles.heading}>{t('shift.start.handovers')}</h2>
        {data && mine.length === 0 ? <p className={styles.faint}>{t('shift.start.noHandovers')}</p> : null}
        {mine.map(({ id }) => (
          <HandoverPage key={id} id={id} onOpenIncident={onOpenIncident} />
        ))}
      </section>
      <DeskState channels={data?.channels ?? []} />
    </Dialog>
  );
}

function DeskState({
  channels,
}: {
  readonly channels: readonly {
    readonly source: string;
    readonly name: string;
    readonly health: { readonly state: 'off' | 'starting' | 'ok' | 'degraded' | 'needs-attention' };
  }[];
}) {
  const { shell } = useDesk();
  const { t } = useTranslation();
  const format = useFormat();
  const disk = useStore(shell, (state) => state.system?.disk);
  return (
    <section className={styles.block} aria-label={t('shift.start.desk')}>
      <h2 className={styles.heading}>{t('shift.start.desk')}</h2>
      <ul>
        {channels.map(({ source, name, health }) => (
          <li key={source}>
            {name}:{' '}
            <span className={health.state === 'ok' ? styles.faint : styles.risk}>
              {t(`frame.health.${health.state}`)}
            </span>
          </li>
        ))}
        {disk ? (
          <li>
            {t('shift.start.disk')}:{' '}
            <span className={disk.state === 'ok' ? styles.faint : styles.risk}>
              {t('shift.start.diskFree', { free: format.bytes(disk.freeBytes) })}
            </span>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
