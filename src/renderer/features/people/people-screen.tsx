import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { PeopleTable } from './people-table.tsx';
import styles from './people.module.css';
import { PersonPanel } from './person-panel.tsx';
import { WeekStrip } from './week-strip.tsx';

const kinds = ['person', 'shift', 'incident'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.people.list({}, { signal });

/** Who works here, who is on duty, and who will be. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, status, error, reload } = useServerData(load, kinds);
  const [chosen, setChosen] = useState<number | 'new' | null>(null);
  const active = (data?.people ?? []).filter((person) => person.active);
  const nobody = data !== undefined && !active.some((person) => person.onDutySince !== null);

  return (
    <Screen
      title={t('people.title')}
      count={active.length}
      dimmed={status === 'stale'}
      actions={
        <Button kind="primary" onClick={() => setChosen('new')}>
          {t('people.add')}
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
      {nobody ? (
        <Notice tone="risk" title={t('people.nobodyOnDuty')}>
          {t('people.nobodyOnDutyText')}
        </Notice>
      ) : null}
      {data ? (
        <div className={styles.columns} data-open={chosen !== null}>
          <div className={styles.main}>
            <PeopleTable people={data.people} chosen={chosen} onChoose={setChosen} />
            <WeekStrip people={active} rules={data.rules} zone={data.zone} />
          </div>
          {chosen === null ? null : (
            <PersonPanel
              key={chosen}
              person={data.people.find((person) => person.id === chosen)}
              rules={data.rules.filter((rule) => rule.personId === chosen)}
              zone={data.zone}
              onSaved={(id) => setChosen(id)}
              onClose={() => setChosen(null)}
            />
          )}
        </div>
      ) : null}
    </Screen>
  );
}
