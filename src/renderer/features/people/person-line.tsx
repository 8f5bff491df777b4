import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/contract/session.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import styles from './people.module.css';

export function PersonLine({
  person,
  chosen,
  onChoose,
}: {
  readonly person: Person;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, ticker } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const { id, onDutySince } = person;

  function start(): void {
    void command(() => rpc.people.startShift({ personId: id }), {
      done: ({ assigned }) =>
        assigned > 0 ? t('people.shiftStartedAssigned', { count: assigned }) : t('people.shiftStarted'),
    });
  }

  function end(): void {
    void command(() => rpc.people.endShift({ personId: id }), { done: t('people.shiftEnded') });
  }

  return (
    <tr data-chosen={chosen}>
      <td>
        <button type="button" className={styles.name} aria-pressed={chosen} onClick={onChoose}>
          {person.name}
        </button>
        {person.active ? null : <span className={styles.faint}> · {t('people.inactive')}</span>}
        {person.hasPin ? <span className={styles.faint}> · {t('people.hasPin')}</span> : null}
      </td>
      <td data-dim="true">{t(`people.role.${person.role}`)}</td>
      <td title={onDutySince === null ? undefined : format.full(onDutySince)}>
        <span className={styles.dot} data-on={onDutySince !== null} aria-hidden="true" />
        {onDutySince === null
          ? t('people.offDuty')
          : t('people.onDuty', { time: format.when(onDutySince, ticker.second()) })}
      </td>
      <td data-end="true">{person.load > 0 ? t('people.load', { count: person.load }) : t('common.none')}</td>
      <td data-end="true">
        <span className={styles.lineActions}>
          {!person.active ? null : onDutySince === null ? (
            <Button onClick={start} label={`${t('people.startShift')}: ${person.name}`}>
              {t('people.startShift')}
            </Button>
          ) : (
            <Button onClick={end} label={`${t('people.endShift')}: ${person.name}`}>
              {t('people.endShift')}
            </Button>
          )}
          <Button kind="quiet" onClick={onChoose} label={`${t('people.edit')}: ${person.name}`}>
            {t('people.edit')}
          </Button>
        </span>
      </td>
    </tr>
  );
}
