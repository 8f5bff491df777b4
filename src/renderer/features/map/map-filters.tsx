import { useTranslation } from 'react-i18next';
import type { MapIncident } from '../../../shared/contract/reports.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { statesByUrgency, type IncidentState } from './clusters.ts';
import styles from './map.module.css';

/** Also the legend: each state with its shape and how many there are. */
export function MapFilters({
  states,
  counts,
  withAssets,
  onStates,
  onAssets,
}: {
  readonly states: readonly IncidentState[];
  readonly counts: readonly MapIncident[];
  readonly withAssets: boolean;
  readonly onStates: (states: readonly IncidentState[]) => void;
  readonly onAssets: (on: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.filters}>
      <legend className="visually-hidden">{t('reports.map.show')}</legend>
      {statesByUrgency.map((state) => (
        <span key={state} className={styles.filter}>
          <Checkbox
            label={t(`reports.map.state.${state}`, {
              count: counts.filter((incident) => incident.state === state).length,
            })}
            checked={states.includes(state)}
            onChange={(on) => onStates(on ? [...states, state] : states.filter((other) => other !== state))}
          />
          <StateMark state={state} />
        </span>
      ))}
      <span className={styles.filter}>
        <Checkbox label={t('reports.map.assets')} checked={withAssets} onChange={onAssets} />
      </span>
    </fieldset>
  );
}

/** As on the drawing: colour and shape. */
export function StateMark({ state }: { readonly state: IncidentState }) {
  const shapes = { overdue: '◆', risk: '▲', calm: '■', paused: '◯' } as const;
  return (
    <span className={styles.mark} data-state={state} aria-hidden="true">
      {shapes[state]}
    </span>
  );
}
