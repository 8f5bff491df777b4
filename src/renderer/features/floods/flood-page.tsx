import { ArrowLeft } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NamedIncident } from '../../../shared/contract/links.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { formatRoute } from '../../lib/router.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Table } from '../../ui/table.tsx';
import { AnswerAll } from './answer-all.tsx';
import { FloodWords } from './flood-words.tsx';
import styles from './floods.module.css';

const kinds = ['flood', 'incident'] as const;

/** One flood: every incident of it within reach, and one answer to all who asked. */
export function FloodPage({ floodId, onBack }: { readonly floodId: number; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.links.flood({ id: floodId }, { signal }),
    [floodId],
  );
  const { data, status, error, reload } = useServerData(load, kinds);
  useShortcut('back', onBack);
  const title = data
    ? t('links.flood.dialog', {
        title: t(`links.flood.kind.${data.flood.kind}`, { title: data.flood.title }),
      })
    : t('links.flood.settings');
  return (
    <Screen
      title={title}
      count={data?.incidents.length}
      dimmed={status === 'stale'}
      actions={
        <Button icon={<ArrowLeft size={14} />} onClick={onBack}>
          {t('links.flood.settings')}
        </Button>
      }
    >
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {data ? (
        <div className={styles.page}>
          <p>
            <FloodWords flood={data.flood} />
          </p>
          <AnswerAll
            floodId={floodId}
            incidentIds={data.incidents.filter(isOpen).map(({ id }) => id)}
            answer={data.answer}
          />
          <Members incidents={data.incidents} />
        </div>
      ) : null}
    </Screen>
  );
}

function isOpen({ finishedAt, dismissedAt }: NamedIncident): boolean {
  return finishedAt === null && dismissedAt === null;
}

function Members({ incidents }: { readonly incidents: readonly NamedIncident[] }) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const statuses = useStore(reference, (state) => state.statuses);
  const language = useStore(preferences.store, (state) => state.language);
  return (
    <Table
      label={t('links.flood.members')}
      columns={[
        { key: 'code', label: t('links.flood.code'), width: 120 },
        { key: 'title', label: t('links.flood.titleOf') },
        { key: 'status', label: t('links.flood.status'), width: 220 },
      ]}
    >
      {incidents.map((incident) => (
        <tr key={incident.id}>
          <td>
            <a className={styles.code} href={formatRoute({ page: 'queue', incidentId: incident.id })}>
              {incident.code}
            </a>
          </td>
          <td className={styles.title}>{incident.title}</td>
          <td>
            {incident.merged ? t('links.state.merged') : nameOf(statuses.get(incident.statusId), language)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
