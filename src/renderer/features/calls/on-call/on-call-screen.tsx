import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OnCallRule, Technician } from '../../../../shared/contract/technicians.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { PlanEditor } from '../../../lib/roster/plan-editor.tsx';
import { formatRoute } from '../../../lib/router.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ChangeDialog, type ChangeOf } from './change-dialog.tsx';
import { Changes } from './changes.tsx';
import styles from './on-call.module.css';
import { weekOf } from './week.ts';
import { WeekGrid } from './week-grid.tsx';

const kinds = ['technician', 'contact'] as const;

/** Who of the technicians is on call: a week by plan and changes, and both can be changed here. */
export function OnCallScreen() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const format = useFormat();
  const { ticker } = useDesk();
  const [offset, setOffset] = useState(0);
  const [planOf, setPlanOf] = useState<number | null>(null);
  const [change, setChange] = useState<ChangeOf | null>(null);
  const load = useMemo(
    () => async (rpc: Rpc, signal: AbortSignal) => {
      const { technicians, zone } = await rpc.technicians.list({}, { signal });
      const days = weekOf(ticker.second(), zone, offset);
      const span = { from: days[0]?.from ?? 0, to: days[6]?.to ?? 1 };
      return { technicians, zone, days, ...(await rpc.technicians.onCall(span, { signal })) };
    },
    [offset, ticker],
  );
  const { data: loaded, error, reload } = useServerData(load, kinds);
  const [kept, setKept] = useState(loaded);
  if (loaded && loaded !== kept) setKept(loaded);
  const data = loaded ?? kept;
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={t('technicians.onCall.failed')}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      >
        {errorText(error)}
      </EmptyState>
    ) : (
      <div aria-busy="true" />
    );
  }
  const { technicians, zone, days, rules, overrides, windows } = data;
  const working = technicians.filter(({ active }) => active);
  if (working.length === 0) {
    return (
      <EmptyState
        title={t('technicians.onCall.empty')}
        action={<a href={formatRoute({ page: 'directory' })}>{t('calls.create.openDirectory')}</a>}
      >
        {t('technicians.onCall.emptyText')}
      </EmptyState>
    );
  }
  const chosen = working.find(({ contactId }) => contactId === planOf);
  const [first, last] = [days[0], days[6]];

  return (
    <div className={styles.screen} data-open={chosen !== undefined}>
      <div className={styles.main}>
        <div className={styles.tools}>
          <IconButton
            label={t('technicians.onCall.previous')}
            icon={<ChevronLeft size={16} />}
            onClick={() => setOffset(offset - 1)}
          />
          <Button onClick={() => setOffset(0)} disabled={offset === 0}>
            {t('technicians.onCall.today')}
          </Button>
          <IconButton
            label={t('technicians.onCall.next')}
            icon={<ChevronRight size={16} />}
            onClick={() => setOffset(offset + 1)}
          />
          <h2 role="status">
            {first && last
              ? t('technicians.onCall.week', { from: format.date(first.from), to: format.date(last.from) })
              : null}
          </h2>
          <span className={styles.faint}>{t('technicians.onCall.zone', { zone })}</span>
          <span className={styles.space} />
          <Button onClick={() => setChange({ contactId: null, day: days[0] })}>
            {t('technicians.onCall.add.button')}
          </Button>
        </div>
        <p className={styles.faint}>
          {t(rules.length === 0 ? 'technicians.onCall.noPlans' : 'technicians.onCall.help')}
        </p>
        <WeekGrid
          technicians={working}
          days={days}
          windows={windows}
          isPlanned={rules.length > 0}
          chosen={planOf}
          onPlan={setPlanOf}
          onDay={(contactId, day) => setChange({ contactId, day })}
        />
        <Changes overrides={overrides} technicians={technicians} />
      </div>
      {chosen ? (
        <Plan
          key={chosen.contactId}
          technician={chosen}
          rules={rules.filter(({ contactId }) => contactId === chosen.contactId)}
          zone={zone}
          onClose={() => setPlanOf(null)}
        />
      ) : null}
      {change ? (
        <ChangeDialog of={change} technicians={working} zone={zone} onClose={() => setChange(null)} />
      ) : null}
    </div>
  );
}

function Plan({
  technician,
  rules,
  zone,
  onClose,
}: {
  readonly technician: Technician;
  readonly rules: readonly OnCallRule[];
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const { contactId, name } = technician;
  const title = t('technicians.onCall.of', { name });
  return (
    <aside
      className={styles.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.panelHead}>
        <h2>{title}</h2>
        <IconButton small label={t('technicians.onCall.close')} icon={<X size={14} />} onClick={onClose} />
      </header>
      <PlanEditor
        rules={rules}
        zone={zone}
        none={t('technicians.onCall.planNone')}
        help={t('technicians.onCall.planHelp', { zone })}
        onSave={(ready) =>
          command(() => rpc.technicians.saveRules({ contactId, rules: ready }), {
            done: t('technicians.onCall.planSaved', { name }),
          })
        }
      />
    </aside>
  );
}
