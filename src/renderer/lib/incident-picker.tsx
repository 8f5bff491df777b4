import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../shared/contract/links.ts';
import styles from './asset-picker.module.css';
import { useDesk } from './desk.ts';
import { FoundPicker } from './found-picker.tsx';

/** One incident by its number, whole or begun, or by words of its title. */
export function IncidentPicker({
  label,
  except,
  autoFocus = false,
  onPick,
}: {
  readonly label: string;
  /** Never offered: the one it is picked for. */
  readonly except: number | null;
  readonly autoFocus?: boolean;
  readonly onPick: (incident: NamedIncident) => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const search = useCallback(
    async (text: string, signal: AbortSignal) =>
      (await rpc.links.complete({ text, except }, { signal })).incidents,
    [rpc, except],
  );
  return (
    <FoundPicker
      words={{ field: label, list: label, hint: t('links.otherHint'), none: t('links.nothingFound') }}
      search={search}
      keyOf={({ id }) => id}
      line={(incident) => <IncidentLine incident={incident} />}
      autoFocus={autoFocus}
      onPick={onPick}
    />
  );
}

function IncidentLine({ incident }: { readonly incident: NamedIncident }) {
  const { t } = useTranslation();
  const { code, title, finishedAt, merged } = incident;
  return (
    <>
      <span className={styles.code}>{code}</span>
      <span className={styles.more}>{title}</span>
      {finishedAt === null ? null : (
        <span className={styles.more}>{t(merged ? 'links.state.merged' : 'links.state.finished')}</span>
      )}
    </>
  );
}
